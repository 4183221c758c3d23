import htmx from '#web/htmx.ts';
import { isNotOurs } from '#web/keys.ts';
import { alignQueue, isBusy, refreshQueue } from './queue.ts';
import { keepTyped, restoreTyped, setChosen } from './typed.ts';

/** The dispatch desk from the keyboard. Links, buttons and fields do the work; the keys only reach them. */
export default (el: HTMLElement): void => {
  const keys: Record<string, () => void> = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    Enter: send, u: undo, '/': () => into('lead'), c: () => into('coUnits'), n: () => into('note'), p: () => find<HTMLElement>('.phrase-picker:not([hidden]) select')?.focus(), o: () => find<HTMLElement>('#desk-form [data-open]')?.click(),
  };

  // Before the keys of all pages: here "/" leads to the units, not to the search of the header.
  document.addEventListener('keydown', (e) => {
    if (!el.isConnected) return;
    if (leavesField(e)) return find<HTMLElement>('#desk-order')?.focus();
    if (wantsUndo(e)) return taken(e, undo);
    if (isNotOurs(e) || (e.key === 'Enter' && isOnControl(e))) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(e.code)?.[1];
    if (digit) return taken(e, () => (e.shiftKey ? help : lead)(Number(digit)));
    const key = keys[e.key];
    if (key) taken(e, key);
  }, true);

  document.addEventListener('click', (e) => {
    const pick = e.target instanceof Element ? e.target.closest<HTMLButtonElement>('#desk-form button[name=pick]') : null;
    if (!pick) return;
    e.preventDefault();
    e.stopPropagation();
    choose(pick.value);
  }, true);
  document.addEventListener('input', keep);
  document.addEventListener('change', () => { mark(); keep(); });

  let shown = form()?.dataset['order'];
  document.addEventListener('htmx:beforeSwap', (e) => {
    // The field in which somebody stands keeps its text in a morph: it would go along to the next order.
    if (e.target instanceof Element && e.target.id === 'desk' && document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  document.addEventListener('htmx:afterSettle', () => {
    alignQueue();
    const now = form();
    if (now?.dataset['order'] === shown) return;
    shown = now?.dataset['order'];
    if (now) restoreTyped(now);
    mark();
    find<HTMLElement>('#queue [aria-current]')?.scrollIntoView({ block: 'nearest' });
    find<HTMLElement>('#desk-order')?.focus();
    find<HTMLElement>('.desk-text')?.scrollTo(0, 0);
  });
  listen(el);
};

const form = (): HTMLFormElement | null => find<HTMLFormElement>('#desk-form');
const find = <T extends Element>(css: string): T | null => document.querySelector<T>(css);

function taken(e: KeyboardEvent, act: () => void): void {
  e.preventDefault();
  e.stopPropagation();
  act();
}

/** Esc leaves a field, so that the keys work again; an open list or an input method has it first. */
function leavesField(e: KeyboardEvent): boolean {
  return e.key === 'Escape' && !e.isComposing && e.keyCode !== 229 && e.target instanceof Element
    && e.target.closest('#desk-form :is(input, textarea, select)') !== null && e.target.closest('.dropdown-active') === null;
}

function wantsUndo(e: KeyboardEvent): boolean {
  const inField = e.target instanceof Element && e.target.closest('input, select, textarea, .ts-wrapper') !== null;
  return e.ctrlKey && !e.shiftKey && !e.altKey && e.key.toLowerCase() === 'z' && !e.isComposing && !inField && find('dialog[open]') === null;
}

const isOnControl = (e: KeyboardEvent): boolean => e.target instanceof Element && e.target.closest('a, button, summary') !== null;

/** Marks the row at once, so that a second press goes on from it. */
function step(by: number): void {
  const rows = [...document.querySelectorAll<HTMLAnchorElement>('#queue .desk-rows a')];
  const at = rows.findIndex((r) => r.hasAttribute('aria-current'));
  const next = rows[at < 0 ? 0 : at + by];
  if (!next) return;
  rows[at]?.removeAttribute('aria-current');
  next.setAttribute('aria-current', 'true');
  next.scrollIntoView({ block: 'nearest' });
  next.click();
}

/** Not while another order is on its way: one would send what is no longer looked at. */
function send(): void {
  if (!isBusy() && find('#desk-form button[data-kind=primary]')) form()?.requestSubmit();
}

const undo = (): void => find<HTMLButtonElement>('#queue [data-undo]')?.click();
const hint = (n: number, what: string): string | undefined => document.querySelectorAll<HTMLButtonElement>(`#desk-form button[value^="${what}:"]`)[n - 1]?.value;
const lead = (n: number): void => choose(hint(n, 'lead'));
const help = (n: number): void => choose(hint(n, 'co'));

function choose(value: string | undefined): void {
  if (!value || isBusy()) return;
  const [what, code = ''] = value.split(':');
  const select = find<HTMLSelectElement>(`#${what === 'co' ? 'coUnits' : what === 'class' ? 'classL3' : 'lead'}`);
  if (!select) return;
  const chosen = Array.from(select.selectedOptions, (o) => o.value);
  setChosen(select, !select.multiple ? [code] : chosen.includes(code) ? chosen.filter((c) => c !== code) : [...chosen, code]);
  mark();
  keep();
}

/** Which proposals stand in the fields. */
function mark(): void {
  const held = new Set(['lead', 'classL3'].map((id) => `${id === 'lead' ? 'lead' : 'class'}:${find<HTMLSelectElement>(`#${id}`)?.value ?? ''}`));
  for (const b of document.querySelectorAll<HTMLButtonElement>('.desk-unit')) b.setAttribute('aria-pressed', String(held.has(b.value)));
}

/** While an order is on its way the fields are no longer those of the one that is marked. */
function keep(): void {
  const shown = form();
  if (shown && !isBusy()) keepTyped(shown);
}

function into(id: string): void {
  const field = document.getElementById(id);
  if (field instanceof HTMLSelectElement && field.tomselect) field.tomselect.control_input.focus();
  else field?.focus();
}

/** The queue follows what others do. */
function listen(el: HTMLElement): void {
  const { createEventSource } = htmx as unknown as { createEventSource: (url: string) => EventTarget };
  let isFirst = true;
  createEventSource('/live').addEventListener('counts', () => {
    if (!isFirst && el.isConnected) refreshQueue();
    isFirst = false;
  });
}
