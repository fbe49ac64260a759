// Building blocks: elements, words in the reader's language, numbers. Text only ever becomes text nodes.
const DATA = JSON.parse(document.getElementById('data').textContent);
const state = { lang: 0, theme: '' };
const remembered = {
  get(name) { try { return localStorage.getItem('pddlint.' + name); } catch { return null; } },
  set(name, value) { try { localStorage.setItem('pddlint.' + name, value); } catch { /* not allowed here */ } },
};

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''));
  return node;
}

const say = (pair) => pair[state.lang];
function t(key, ...values) {
  return say(DATA.ui[key]).replace(/\{(\d)\}/g, (_, index) => String(values[index]));
}
const named = (name) => (DATA.words[name] ? say(DATA.words[name]) : name);
const number = (value) => value.toLocaleString(state.lang ? 'en' : 'zh-CN');
const percent = (share) => (share === 1 ? '100%' : share >= 0.9995 ? '> 99.9%' : (share * 100).toFixed(share > 0.99 ? 1 : 0) + '%');
const yuan = (fen) => (fen === null || fen === undefined ? '–' : '¥' + (fen / 100).toFixed(2));
const list = (values) => values.join(state.lang ? ', ' : '、');
const hidden = (text) => el('span', { class: 'hidden' }, text);
const listing = (index) => DATA.listings[index];
const shopName = (shop) => shop || t('no_shop');

function picture(index, name, lazy = true) {
  const uri = index === undefined || index < 0 ? null : DATA.thumbs[index];
  if (!uri) return el('div', { class: 'picture empty', role: 'img', 'aria-label': t('no_picture') });
  return el('img', { class: 'picture', src: uri, alt: t('picture_of', name), loading: lazy ? 'lazy' : null });
}

// The longest common run of words between two texts, as flags: which words of each have no partner in the other.
const pieces = (text) => text.match(/[A-Za-z0-9.]+|\s+|[\s\S]/gu) || [];
function partnerless(a, b) {
  const rows = a.length + 1, columns = b.length + 1;
  const best = new Uint16Array(rows * columns);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i * columns + j] = a[i] === b[j]
        ? best[(i + 1) * columns + j + 1] + 1
        : Math.max(best[(i + 1) * columns + j], best[i * columns + j + 1]);
    }
  }
  const left = a.map(() => true), right = b.map(() => true);
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) { left[i++] = false; right[j++] = false; }
    else if (best[(i + 1) * columns + j] >= best[i * columns + j + 1]) i++;
    else j++;
  }
  return [left, right];
}

// A text whose flagged words stand in <mark>.
function marked(words, flags) {
  const parts = [];
  for (let i = 0; i < words.length;) {
    let end = i;
    while (end < words.length && flags[end] === flags[i]) end++;
    const text = words.slice(i, end).join('');
    parts.push(flags[i] && text.trim() ? el('mark', {}, text) : text);
    i = end;
  }
  return parts;
}
