/** A key that belongs to somebody else: an input method that composes, a browser short cut, a field, an open dialog. */
export function isNotOurs(e: KeyboardEvent): boolean {
  const target = e.target instanceof Element ? e.target : document.body;
  return e.isComposing || e.keyCode === 229 || e.ctrlKey || e.altKey || e.metaKey
    || target.closest('input, select, textarea, [contenteditable], .ts-wrapper') !== null
    || document.querySelector('dialog[open]') !== null;
}
