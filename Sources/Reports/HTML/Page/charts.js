// Charts over the time of the capture, drawn from the rows.

const chart = { width: 560, height: 190, left: 52, right: 8, top: 12, bottom: 26 };
const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];

function span() {
  return Math.max(report.capture.duration_ms ?? 0, 1) / 1000;
}

function stepOf(seconds) {
  return steps.find((step) => seconds / step <= 48) ?? Math.ceil(seconds / 48 / 86400) * 86400;
}

function buckets(entries, step) {
  const list = Array.from({ length: Math.max(1, Math.ceil(span() / step + 1e-9)) }, () => []);
  for (const entry of entries) {
    const place = Math.floor(entry.row[1] / 1e6 / step);
    list[Math.min(Math.max(place, 0), list.length - 1)].push(entry);
  }
  return list;
}

// A round number at or above, for the top of an axis.
function ceiling(value) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 3, 4, 5, 6, 8, 10].map((digit) => digit * power).find((round) => round >= value - 1e-12);
}

function figure(title, legend, content, empty) {
  return element('figure', { class: 'panel' },
    element('figcaption', {}, element('h3', {}, title), legend),
    empty ? element('p', { class: 'faint' }, empty) : content);
}

function legendOf(entries) {
  return element('span', { class: 'legend' }, entries.map(([name, style]) =>
    element('span', { class: 'key ' + style }, element('i', { 'aria-hidden': 'true' }), name)));
}

function axes(top, format, step) {
  const { width, height, left, right, top: above, bottom } = chart;
  const parts = [];
  for (const part of [0, 0.5, 1]) {
    const y = height - bottom - part * (height - bottom - above);
    parts.push(drawing('line', { class: 'grid', x1: left, x2: width - right, y1: y, y2: y }));
    parts.push(drawing('text', { class: 'tick', x: left - 6, y: y + 4, 'text-anchor': 'end' }, format(part * top)));
  }
  const places = 4;
  for (let place = 0; place <= places; place += 1) {
    const x = left + (width - left - right) * place / places;
    const anchor = place === 0 ? 'start' : place === places ? 'end' : 'middle';
    const digits = span() < 20 ? 3 : 0;
    parts.push(drawing('text', { class: 'tick', x, y: height - 8, 'text-anchor': anchor },
      clock(span() * 1e6 * place / places, digits).replace(/(\.\d)\d\d$/, '$1')));
  }
  return parts;
}

function outcomesChart(title, name) {
  const entries = report.rows[name].map((row) => report.byOrdinal[row[0]]);
  const step = stepOf(span());
  const list = buckets(entries, step);
  const tones = ['good', 'caution', 'bad'];
  const names = name === 'calls' ? ['answered', 'not answered', 'failed'] : ['accepted', 'in progress', 'failed'];
  const top = ceiling(Math.max(...list.map((bucket) => bucket.length)));
  const { width, height, left, right, top: above, bottom } = chart;
  const wide = (width - left - right) / list.length;
  const tall = height - bottom - above;
  const bars = list.flatMap((bucket, place) => {
    let y = height - bottom;
    return tones.map((tone, index) => {
      const number = bucket.filter((entry) => toneOf(entry) === tone).length;
      const size = number / top * tall;
      y -= size;
      return number > 0 && drawing('rect', {
        class: 'fill-' + tone, x: left + place * wide + Math.min(1, wide / 8), y, width: Math.max(wide - Math.min(2, wide / 4), 0.5), height: size,
      }, drawing('title', {}, clock(place * step * 1e6, 0) + ': ' + number + ' ' + names[index]));
    });
  });
  return figure(title, legendOf(tones.map((tone, index) => [names[index], 'fill-' + tone])),
    drawing('svg', { viewBox: '0 0 ' + width + ' ' + height, role: 'img', 'aria-label': title + ' over time' },
      axes(top, (value) => Number.isInteger(value) ? count(value) : '', step), bars),
    entries.length === 0 && 'none in this capture');
}

function percentile(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1))];
}

function timesChart() {
  const step = stepOf(span());
  const series = [['registration', 'registrations', 'took', 'one'], ['call answered', 'calls', 'answered', 'two']]
    .map(([label, name, title, style]) => {
      const table = report.tables.find((candidate) => candidate.name === name);
      const place = table.columns.findIndex((candidate) => candidate[0] === title) + 1;
      const entries = report.rows[name].map((row) => report.byOrdinal[row[0]])
        .filter((entry) => entry.row[place] !== null && toneOf(entry) === 'good');
      const points = buckets(entries, step).map((bucket, position) => {
        const values = bucket.map((entry) => entry.row[place]).sort((one, other) => one - other);
        return values.length > 0 && { position, median: percentile(values, 0.5), high: percentile(values, 0.95), number: values.length };
      }).filter(Boolean);
      return { label, style, points };
    }).filter((line) => line.points.length > 0);
  const number = Math.max(1, Math.ceil(span() / step + 1e-9));
  const top = ceiling(Math.max(0, ...series.flatMap((line) => line.points.map((point) => point.high))));
  const { width, height, left, right, top: above, bottom } = chart;
  const x = (position) => left + (position + 0.5) * (width - left - right) / number;
  const y = (value) => height - bottom - value / top * (height - bottom - above);
  const lines = series.map((line) => drawing('g', { class: 'line-' + line.style },
    drawing('polyline', { points: line.points.map((point) => x(point.position) + ',' + y(point.median)).join(' ') }),
    line.points.map((point) => drawing('line', { class: 'range', x1: x(point.position), x2: x(point.position), y1: y(point.median), y2: y(point.high) })),
    line.points.map((point) => drawing('circle', { cx: x(point.position), cy: y(point.median), r: 3 },
      drawing('title', {}, line.label + ' ' + clock(point.position * step * 1e6, 0) + ': median ' + duration(point.median)
        + ', 95 of 100 within ' + duration(point.high) + ' (' + point.number + ')')))));
  return figure('Answer times', legendOf(series.map((line) => [line.label, 'line-' + line.style])),
    drawing('svg', { viewBox: '0 0 ' + width + ' ' + height, role: 'img', 'aria-label': 'answer times over time: median, and 95th percentile as a line above' },
      axes(top, (value) => duration(value).replace('.00', ''), step), lines),
    series.length === 0 && 'nothing was answered');
}

function codesChart() {
  const entries = [];
  for (const [part, name] of [['registrations', 'registration'], ['calls', 'call'], ['messaging', 'message']]) {
    for (const [code, number] of Object.entries(report.statistics[part]?.by_status ?? {})) {
      const status = Number(code);
      const tone = status < 300 ? 'good' : status < 400 || [401, 407, 486, 487, 480, 600, 603].includes(status) ? 'caution' : 'bad';
      entries.push({ name: 'SIP ' + code + ', ' + name, number, tone });
    }
  }
  for (const command of report.statistics.diameter ?? []) {
    for (const result of command.results ?? []) {
      const code = result.result_code ?? result.experimental_result_code;
      const words = (result.result_name ?? '').replace(/^DIAMETER_/, '');
      entries.push({
        name: command.interface + ' ' + command.command + ' ' + code + ' ' + words, number: result.count,
        tone: code >= 2000 && code < 3000 ? 'good' : 'bad',
      });
    }
    if (command.unanswered > 0) {
      entries.push({ name: command.interface + ' ' + command.command + ' no answer', number: command.unanswered, tone: 'bad' });
    }
  }
  // What went wrong must be seen, however much went well.
  const worth = { bad: 0, caution: 1, good: 2 };
  const shown = entries.sort((one, other) => worth[one.tone] - worth[other.tone] || other.number - one.number).slice(0, 10);
  const top = Math.max(1, ...shown.map((entry) => entry.number));
  return figure('Response and result codes', null, element('ul', { class: 'codes' }, shown.map((entry) => {
    const bar = drawing('svg', { viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      drawing('rect', { class: 'fill-' + entry.tone, x: 0, y: 0, width: Math.max(entry.number / top * 100, 0.6), height: 6 }));
    return element('li', {}, element('span', { class: 'code tone-' + entry.tone, title: entry.name }, marks[entry.tone] + ' ' + entry.name), bar,
      element('span', { class: 'number' }, count(entry.number)));
  }), entries.length > shown.length && element('li', { class: 'faint' }, many(entries.length - shown.length, 'other code') + ' in the tables')),
    entries.length === 0 && 'none in this capture');
}
