// The pages work without this file. It shows times in the reader's zone, asks before what cannot be undone, copies, and fills in.
'use strict';
(() => {
  // In the form in which it came, so that nothing moves.
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });
  const zone = new Intl.DateTimeFormat('en', { timeZoneName: 'short' });
  const localize = (root) => root.querySelectorAll('time[datetime]:not([data-local])').forEach((time) => {
    const at = new Date(time.dateTime);
    time.firstChild.textContent = format.format(at);
    time.lastChild.textContent = ` ${zone.formatToParts(at).find((part) => part.type === 'timeZoneName').value}`;
    time.dataset.local = '';
  });
  localize(document);
  document.addEventListener('htmx:afterSettle', () => localize(document));

  // Who has come to a link or button within a part that is replaced stays there, or at the content where it is gone.
  const keyOf = (element) => element.id || element.getAttribute('href') || element.form?.elements._handler?.value;
  let held;
  document.addEventListener('htmx:beforeSwap', (event) => {
    const focused = document.activeElement;
    held = event.detail.target.contains(focused) && focused !== document.body ? keyOf(focused) : undefined;
  });
  document.addEventListener('htmx:afterSettle', () => {
    if (held === undefined) return;
    const same = [...document.querySelectorAll('main a, main button, main [tabindex]')].find((element) => keyOf(element) === held);
    (same ?? document.getElementById('content')).focus({ preventScroll: true });
    held = undefined;
  });

  // A chart is drawn of the table that follows it, which is there for everybody.
  const draw = (place) => {
    const rows = [...document.querySelectorAll(`#${place.dataset.chart} tbody tr`)].reverse();
    const column = (index) => rows.map((row) => Number(row.cells[index].dataset.value));
    const heads = [...document.querySelectorAll(`#${place.dataset.chart} thead th`)].map((head) => head.textContent);
    const colour = (name) => { const probe = document.createElement('i'); probe.style.color = `var(${name})`; place.append(probe); const c = getComputedStyle(probe).color; probe.remove(); return c; };
    if (rows.length < 2) return;
    const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
    new uPlot({
      width: place.clientWidth - 16, height: place.clientHeight - 40,
      series: [{}, ...heads.slice(1).map((label, index) => ({ label, stroke: colour(['--accent', '--bad', '--good'][index % 3]), width: 2 }))],
      axes: [axis, { ...axis, size: 60 }],
    }, heads.map((_, index) => column(index)), place);
  };
  window.addEventListener('load', () => document.querySelectorAll('[data-chart]').forEach(draw));

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
