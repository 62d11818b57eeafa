// The pages work without this file. It shows times in the reader's zone, asks before what cannot be undone, copies, and fills in.
'use strict';
(() => {
  // In the form in which it came, so that nothing moves.
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });
  const zone = new Intl.DateTimeFormat('en', { timeZoneName: 'short' });
  const localize = (root) => root.querySelectorAll('time[datetime]:not([data-local]):not([data-until])').forEach((time) => {
    const at = new Date(time.dateTime);
    time.firstChild.textContent = format.format(at);
    time.lastChild.textContent = ` ${zone.formatToParts(at).find((part) => part.type === 'timeZoneName').value}`;
    time.dataset.local = '';
  });
  localize(document);
  document.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
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

  const two = (number) => String(number).padStart(2, '0');
  setInterval(() => document.querySelectorAll('time[data-until]').forEach((time) => {
    const left = Math.max(0, Math.floor((new Date(time.dataset.until) - Date.now()) / 1000));
    time.textContent = `${Math.floor(left / 3600)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)} left`;
  }), 1000);

  // A chart is drawn of columns of a table, which is there for everybody.
  const draw = (place) => {
    const columns = place.dataset.columns.split(',').map(Number);
    const rows = [...document.querySelectorAll(`#${place.dataset.chart} tbody tr`)].reverse();
    const heads = [...document.querySelectorAll(`#${place.dataset.chart} thead th`)].map((head) => head.textContent);
    const values = (column) => rows.map((row) => row.cells[column].dataset.value ?? '').map((value) => (value === '' ? null : Number(value)));
    const colour = (name) => { const probe = document.createElement('i'); probe.style.color = `var(${name})`; place.append(probe); const c = getComputedStyle(probe).color; probe.remove(); return c; };
    const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
    const lines = columns.map((column, index) => ({ label: heads[column], stroke: colour(['--accent', '--busy', '--good'][index % 3]), width: 2, spanGaps: true }));
    const top = (_, least, most) => [0, Math.max(1, most * 1.1)];
    new uPlot({
      width: place.clientWidth - 16, height: place.clientHeight - 48, scales: { y: { range: top } },
      series: [{}, ...lines], axes: [axis, { ...axis, size: 56 }],
    }, [values(0), ...columns.map(values)], place);
  };
  const drawAll = () => document.querySelectorAll('[data-chart]').forEach((place) => { place.replaceChildren(); draw(place); });
  // The page is to be seen before its pictures are drawn.
  window.addEventListener('load', () => requestAnimationFrame(() => setTimeout(drawAll)));
  // A picture does not follow the page's width and theme by itself.
  window.addEventListener('resize', drawAll);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);

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
