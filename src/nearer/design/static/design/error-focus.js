// Brings a person to the sentence that says what to mend, also where the page answered in place.
const focusSummary = () => document.querySelector("[data-error-summary]")?.focus();

focusSummary();
document.addEventListener("htmx:after:swap", focusSummary);
