// Which part is looked at follows from the address, so that links and the way back work.

const parts = [
  ['overview', 'Overview'], ['findings', 'Findings', report.findings.length], ['registrations', 'Registrations', report.rows.registrations.length],
  ['calls', 'Calls', report.rows.calls.length], ['messaging', 'Messages', report.rows.messaging.length],
  ['subscribers', 'Subscribers', report.subscribers.length], ['nodes', 'Nodes', report.nodes.length],
].filter(([name, , number]) => number !== 0 || name === 'findings');
const search = document.getElementById('search');
const main = document.getElementById('main');

function show() {
  const [name, detail] = (decodeURIComponent(location.hash.slice(1)) || report.view).split('/');
  const entry = report.index.get(name);
  let content;
  let part = name;
  if (search.value.trim() !== '') {
    content = searchView(search.value.trim());
    part = '';
  } else if (entry?.subscriber) {
    content = subscriberView(entry.subscriber);
    part = 'subscribers';
  } else if (entry) {
    content = recordView(entry);
    part = entry.table.name;
  } else {
    if (!Object.hasOwn(views, name)) part = 'overview';
    content = views[part](detail);
  }
  closeMessage();
  main.replaceChildren(...content.flat(Infinity).filter(Boolean));
  document.getElementById('navigation').replaceChildren(...parts.map(([target, title, number]) => element('a', {
    href: '#' + target, 'aria-current': target === part ? 'page' : null,
  }, title, number !== undefined && element('span', { class: 'faint' }, ' ' + count(number)))));
}

addEventListener('hashchange', () => {
  search.value = '';
  show();
  scrollTo(0, 0);
});
let waiting;
search.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, 120);
});
addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof HTMLInputElement;
  if (event.key === 'Escape') {
    if (isTyping && search.value !== '') {
      search.value = '';
      show();
    } else closeMessage();
  } else if (event.key === '/' && !isTyping) {
    event.preventDefault();
    search.focus();
  } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && event.target.classList?.contains('arrow')) {
    event.preventDefault();
    const arrows = [...document.querySelectorAll('.ladder .arrow')];
    arrows[arrows.indexOf(event.target) + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  }
});
// A ladder is as wide as there is room.
let resizing;
addEventListener('resize', () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => { if (document.querySelector('.ladder') && document.getElementById('message').hidden) show(); }, 200);
});
show();
