// The pages work without this file. It shows times in the reader's zone, asks before what cannot be undone, copies, and fills in.
'use strict';
(() => {
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  const localize = (root) => root.querySelectorAll('time[datetime]:not([data-local])').forEach((time) => {
    time.textContent = format.format(new Date(time.dateTime));
    time.dataset.local = '';
  });
  localize(document);
  document.addEventListener('htmx:afterSettle', () => localize(document));

  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-submit]')) event.target.form.requestSubmit();
  });
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.dataset.confirm && !window.confirm(button.dataset.confirm)) event.preventDefault();
    if (button.dataset.copy) {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = 'Copied';
    }
    if (button.dataset.addLine) {
      const field = button.form.elements[button.dataset.addLine];
      const lines = field.value.split('\n').filter((line) => line.trim());
      if (!lines.includes(button.dataset.value)) field.value = [...lines, button.dataset.value].join('\n');
    }
  });
})();
