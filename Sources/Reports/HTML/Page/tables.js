// Tables that sort, and show more rows as they are asked for.

const rowsAtOnce = 200;

function cell(value, form, row) {
  switch (form) {
    case 'time': return element('td', { class: 'number' }, clock(value));
    case 'duration': return element('td', { class: 'number' }, duration(value));
    case 'number': return element('td', { class: 'number' }, value);
    case 'id': return element('td', {}, link(value));
    case 'identity': return element('td', { class: 'identity', title: value }, identity(value));
    case 'outcome': return element('td', { class: 'outcome' }, badge(words(value), report.tones[value] ?? 'plain'));
    default: return element('td', { class: 'words', title: value }, value);
  }
}

// `columns` are pairs of title and form; the value of column n is element n + `first` of a row.
function sortedTable(columns, rows, first, state, makeRow) {
  const body = element('tbody');
  const more = element('button', { type: 'button', class: 'more', onclick: () => show(shown + 5 * rowsAtOnce) });
  let ordered = rows;
  let shown = rowsAtOnce;

  function order() {
    if (state.by === undefined) {
      ordered = rows;
      return;
    }
    const place = state.by + first;
    const way = state.descending ? -1 : 1;
    ordered = [...rows].sort((one, other) => {
      const left = one[place];
      const right = other[place];
      if (left === right) return 0;
      // What is absent comes last, whichever way.
      if (left === null || left === undefined) return 1;
      if (right === null || right === undefined) return -1;
      return (left < right ? -1 : 1) * way;
    });
  }

  function show(limit) {
    shown = limit;
    body.replaceChildren(...ordered.slice(0, shown).map(makeRow));
    const left = rows.length - Math.min(shown, rows.length);
    more.textContent = 'Show more (' + count(left) + ' left)';
    more.hidden = left === 0;
  }

  const headings = columns.map(([title, form], place) => element('th', {
    scope: 'col', class: form === 'duration' || form === 'number' || form === 'time' ? 'number' : null,
    'aria-sort': state.by === place ? (state.descending ? 'descending' : 'ascending') : null,
  }, element('button', {
    type: 'button', onclick: (event) => {
      state.descending = state.by === place && !state.descending;
      state.by = place;
      for (const heading of headings) heading.removeAttribute('aria-sort');
      headings[place].setAttribute('aria-sort', state.descending ? 'descending' : 'ascending');
      order();
      show(rowsAtOnce);
    },
  }, title)));
  order();
  show(rowsAtOnce);
  return element('div', { class: 'table' },
    element('table', {}, element('thead', {}, element('tr', {}, headings)), body), more);
}

const tableStates = new Map();

function stateOf(name) {
  if (!tableStates.has(name)) tableStates.set(name, { text: '', tone: '' });
  return tableStates.get(name);
}

function recordTable(table, rows, state = {}) {
  return sortedTable(table.columns, rows, 1, state, (row) => element('tr', {},
    table.columns.map(([, form], place) => cell(row[place + 1], form, row))));
}

// What a row is found by, in small letters, made once.
const haystacks = new WeakMap();

function holds(row, needles) {
  let text = haystacks.get(row);
  if (text === undefined) {
    text = (Array.isArray(row) ? row.slice(2) : Object.values(row).flat(Infinity))
      .filter((value) => value !== null && typeof value !== 'object').join(' ').toLowerCase();
    haystacks.set(row, text);
  }
  return needles.every((needle) => text.includes(needle));
}

function needlesOf(text) {
  return text.toLowerCase().split(/\s+/).filter((word) => word !== '');
}

// A table with a field to search in it and one to choose outcomes.
function searchableTable(table) {
  const state = stateOf(table.name);
  const rows = report.rows[table.name];
  const place = column(table, 'outcome');
  const counts = new Map();
  for (const row of rows) counts.set(row[place], (counts.get(row[place]) ?? 0) + 1);
  const holder = element('div');
  const found = element('p', { class: 'faint', role: 'status' });

  function show() {
    const needles = needlesOf(state.text);
    const selected = rows.filter((row) => (state.outcome ? row[place] === state.outcome : true) && holds(row, needles));
    found.textContent = selected.length === rows.length ? '' : count(selected.length) + ' of ' + count(rows.length);
    holder.replaceChildren(recordTable(table, selected, state));
  }

  const field = element('input', {
    type: 'search', class: 'filter', placeholder: 'Search in this table', 'aria-label': 'Search in this table',
    oninput: () => { state.text = field.value; show(); },
  });
  field.value = state.text;
  const chips = [...counts].sort((one, other) => other[1] - one[1]).map(([outcome, number]) => element('button', {
    type: 'button', class: 'chip tone-' + (report.tones[outcome] ?? 'plain'), 'aria-pressed': String(state.outcome === outcome),
    onclick: (event) => {
      state.outcome = state.outcome === outcome ? undefined : outcome;
      for (const chip of chips) chip.setAttribute('aria-pressed', String(chip === event.currentTarget && !!state.outcome));
      show();
    },
  }, words(outcome) + ' ' + count(number)));
  show();
  return [element('div', { class: 'tools' }, field, chips, found), holder];
}

function subscriberTable(subscribers, state = {}) {
  const columns = [
    ['subscriber', 'id'], ['private identities', 'words'], ['public identities', 'words'], ['registrations', 'number'],
    ['calls', 'number'], ['messages', 'number'],
  ];
  const rows = subscribers.map((subscriber) => [
    subscriber.id, subscriber.impis.map(identity).join(', '), subscriber.impus.map(identity).join(', '),
    subscriber.registrations.length, subscriber.calls.length, subscriber.messaging.length,
  ]);
  return sortedTable(columns, rows, 0, state, (row) => element('tr', {},
    columns.map(([, form], place) => cell(row[place], form, row))));
}

// Of each rule the first finding, with how many others there are.
function firstOfEachRule(findings) {
  const rules = new Map();
  for (const finding of findings) {
    if (!rules.has(finding.rule)) rules.set(finding.rule, { ...finding, others: 0 });
    else rules.get(finding.rule).others += 1;
  }
  return [...rules.values()];
}

function findingList(findings, limit = Infinity) {
  return element('ol', { class: 'findings' }, findings.slice(0, limit).map((finding) => {
    const about = finding.about.filter((id) => report.index.has(id));
    const tone = { error: 'bad', warning: 'caution', note: 'plain' }[finding.severity] ?? 'plain';
    return element('li', { class: 'finding tone-' + tone },
      badge(finding.severity, tone),
      element('div', {},
        element('p', {}, about.length ? element('a', { href: '#' + about[0], class: 'sentence' }, finding.text) : finding.text),
        element('p', { class: 'faint' }, clock(finding.at) + ' \u00b7 ' + words(finding.rule),
          about.slice(0, 5).map((id) => [' \u00b7 ', link(id)]),
          about.length > 5 && ' and ' + many(about.length - 5, 'other'),
          finding.others > 0 && [' \u00b7 ', element('a', { href: '#findings/' + finding.rule }, many(finding.others, 'more', 'more') + ' of this kind')])));
  }));
}
