// Words that are selected in a part are the ones that the comment is about. Without this file people copy them.
(() => {
  const around = 32;
  const form = document.getElementById("exact");

  function chosen() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const start = range.startContainer.parentElement?.closest(".said-here");
    if (!start || !start.contains(range.endContainer)) return null;
    const before = range.cloneRange();
    before.selectNodeContents(start);
    before.setEnd(range.startContainer, range.startOffset);
    const prefix = before.toString();
    const raw = range.toString();
    const exact = raw.trim();
    if (!exact) return null;
    const from = prefix.length + raw.indexOf(exact);
    const text = start.textContent;
    return {
      part: start.closest("[data-remark]"),
      exact,
      prefix: text.slice(Math.max(0, from - around), from),
      suffix: text.slice(from + exact.length, from + exact.length + around),
    };
  }

  document.addEventListener("selectionchange", () => {
    const found = chosen();
    if (!found) return;
    if (form) {
      form.value = found.exact;
      document.querySelector("[name=prefix]").value = found.prefix;
      document.querySelector("[name=suffix]").value = found.suffix;
    } else if (found.part && found.exact.length <= 1000) {
      const query = new URLSearchParams({ exact: found.exact, prefix: found.prefix, suffix: found.suffix });
      const link = found.part.querySelector("a[rel=nofollow]");
      if (link) link.href = `${found.part.dataset.remark}?${query}#write`;
    }
  });
})();
