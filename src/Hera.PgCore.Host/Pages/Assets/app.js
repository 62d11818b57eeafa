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
