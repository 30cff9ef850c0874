// Does the work that open forms of a busy network ask for, while the person reads; without it she waits half a minute.
(async () => {
  const field = document.querySelector('input[name="solution"]');
  if (!field || !window.crypto || !crypto.subtle) return;
  const bits = Number(field.dataset.bits);
  const stamp = field.form.elements.stamp.value;
  const text = new TextEncoder();
  for (let number = 0; ; number++) {
    const digest = new DataView(await crypto.subtle.digest("SHA-256", text.encode(`${stamp}:${number}`)));
    if (digest.getUint32(0) >>> (32 - bits) === 0) {
      field.value = number;
      return;
    }
  }
})();
