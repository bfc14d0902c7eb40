'use strict';

// The only places where elements are made. Captured text becomes the text of a node or the value of a plain attribute,
// never markup; what could change how other text reads (controls, marks of direction) is shown as its code.

const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]|\p{Cf}/gu;

function visible(text) {
  return String(text).replace(unseen, (character) => {
    const code = character.codePointAt(0).toString(16);
    return code.length > 2 ? '\\u{' + code + '}' : '\\x' + code.padStart(2, '0');
  });
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : visible(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(visible(child)));
  }
  return node;
}

function element(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function drawing(name, attributes, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

// Words as people read them.

function words(key) {
  return String(key).replaceAll('_', ' ');
}

function duration(milliseconds) {
  if (milliseconds === null || milliseconds === undefined) return '';
  const size = Math.abs(milliseconds);
  if (size < 10) return milliseconds.toFixed(2) + ' ms';
  if (size < 1000) return milliseconds.toFixed(0) + ' ms';
  if (size < 60000) return (milliseconds / 1000).toFixed(2) + ' s';
  const seconds = Math.round(size / 1000);
  const two = (number) => String(number).padStart(2, '0');
  const clock = two(Math.floor(seconds / 60) % 60) + ':' + two(seconds % 60);
  return (milliseconds < 0 ? '-' : '') + (seconds < 3600 ? clock : Math.floor(seconds / 3600) + ':' + clock);
}

function count(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

function many(number, one, several = one + 's') {
  return count(number) + ' ' + (number === 1 ? one : several);
}

function identity(text) {
  const body = String(text ?? '').replace(/^(sips?|tel):/i, '');
  return body.replace(/[@;?].*$/s, '') || String(text ?? '');
}

const marks = { good: '\u25cf', caution: '\u25b2', bad: '\u2715', plain: '\u25cb', faint: '\u25cb' };

function badge(text, tone) {
  return element('span', { class: 'badge tone-' + tone }, element('span', { 'aria-hidden': 'true' }, marks[tone]), ' ' + text);
}
