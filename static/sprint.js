// The little that htmx and the design system leave: focus goes to what has just been refused.
document.addEventListener("htmx:after:swap", () => {
  const refused = document.querySelector("[role=alert][data-sprint-focus], #inscription [role=alert]");
  if (refused) {
    refused.setAttribute("tabindex", "-1");
    refused.focus();
  }
});
