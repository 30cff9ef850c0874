// Shows and hides questions of this page as answers change, by the conditions that the server checks again.
(() => {
  const form = document.querySelector("main form");
  const questions = [...form.querySelectorAll(".question")];
  const one = (name, type) => form.querySelector(`[name="a.${name}"]:checked, [name="a.${name}"]:not([type=${type}])`);
  const many = (name) => [...form.querySelectorAll(`[name="a.${name}"]:checked`)].map((each) => each.value);
  const numeric = new Set(["number", "scale", "nps", "csat"]);
  const answer = (name, row) => {
    const kind = questions.find((each) => each.dataset.question === name)?.dataset.kind;
    const field = row ? `${name}.${row}` : name;
    if (kind === "multiple" || kind === "matrix_multiple") return many(field).length ? many(field) : null;
    const value = (one(field, kind === "consent" ? "checkbox" : "radio")?.value ?? "").trim();
    if (value === "") return null;
    return numeric.has(kind) ? Number(value.replace(",", ".")) : value;
  };
  const list = (value) => (Array.isArray(value) ? value : [value]);
  const tests = {
    equals: (a, v) => a === v,
    not_equals: (a, v) => a !== v,
    contains_any: (a, v) => v.some((each) => list(a).includes(each)),
    contains_all: (a, v) => v.every((each) => list(a).includes(each)),
    contains_none: (a, v) => !v.some((each) => list(a).includes(each)),
    greater: (a, v) => a > v,
    at_least: (a, v) => a >= v,
    less: (a, v) => a < v,
    at_most: (a, v) => a <= v,
    between: (a, v) => v[0] <= a && a <= v[1],
    before: (a, v) => a < v,
    after: (a, v) => a > v,
  };
  const holds = (rule) => {
    if (rule.all) return rule.all.every(holds);
    if (rule.any) return rule.any.some(holds);
    const asked = questions.find((each) => each.dataset.question === rule.question);
    const given = asked && !asked.hidden ? answer(rule.question, rule.row) : null;
    if (rule.is === "answered" || rule.is === "not_answered") return (given !== null) === (rule.is === "answered");
    return given !== null && tests[rule.is](given, rule.value);
  };
  const show = () => {
    for (const each of questions) {
      if (!each.dataset.showIf) continue;
      each.hidden = !holds(JSON.parse(each.dataset.showIf));
      const seen = each.querySelector('[name="seen"]');
      if (seen) seen.disabled = each.hidden;
    }
  };
  form.addEventListener("input", show);
  show();
})();
