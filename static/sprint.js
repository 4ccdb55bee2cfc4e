// The theme is chosen by a cookie and rendered by the server; the design system would go back to the one it remembers.
try {
  localStorage.removeItem("scheme");
} catch {
  // A browser that keeps nothing has nothing to forget.
}

// A page that comes back refused begins at its reasons, for those who do not see them turn red.
document.addEventListener("DOMContentLoaded", () => {
  const refused = document.querySelector("main [role=alert]");
  if (refused) {
    refused.setAttribute("tabindex", "-1");
    refused.focus();
  }
});

// The little that htmx and the design system leave: where the focus goes when what had it has been replaced.
document.addEventListener("htmx:after:swap", () => {
  const refused = document.querySelector("[role=alert][data-sprint-focus], #inscription [role=alert]");
  const lost = document.activeElement === document.body || document.activeElement === null;
  const next = refused ?? (lost ? document.querySelector("#inscription") : null);
  if (next) {
    next.setAttribute("tabindex", "-1");
    next.focus();
  }
});

// What one changes while an answer is on its way is not overwritten by that answer.
const touched = new WeakSet();
document.addEventListener("htmx:before:request", (event) => touched.delete(event.detail.ctx.sourceElement));
document.addEventListener("input", (event) => event.target.form && touched.add(event.target.form));
document.addEventListener("htmx:before:swap", (event) => {
  const source = event.detail.ctx.sourceElement;
  if (source.hasAttribute("data-sprint-keep") && touched.has(source)) {
    event.preventDefault();
  }
});
