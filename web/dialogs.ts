import { isNotOurs } from '#web/keys.ts';

/** `data-opens="id"` opens a dialog or drawer; `HX-Trigger: {"open":"id"}` and `{"close":"id"}` do it from the server. */
document.addEventListener('click', (e) => {
  const target = e.target as Element;
  const opener = target.closest<HTMLElement>('[data-opens]');
  if (opener) {
    e.preventDefault();
    show(opener.dataset['opens']);
  }
  if (target instanceof HTMLDialogElement && target.dataset['kind'] === 'drawer') target.close();
  document.querySelectorAll<HTMLDetailsElement>('details.menu[open]').forEach((d) => { if (!d.contains(target)) d.open = false; });
});
document.addEventListener('open', (e) => show(name(e)));
document.addEventListener('close', (e) => { if (e instanceof CustomEvent) dialog(name(e))?.close(); });

document.addEventListener('keydown', (e) => {
  if (e.key === 'Escape') closeMenus();
  if (isNotOurs(e)) return;
  if (e.key === '?') showShortcuts();
  if (e.key === '/') focusSearch(e);
});

const name = (e: Event): string | undefined => {
  const detail = (e as CustomEvent<string | { value?: string }>).detail;
  return typeof detail === 'string' ? detail : detail?.value;
};

function dialog(id: string | undefined): HTMLDialogElement | null {
  const found = id ? document.getElementById(id) : null;
  return found instanceof HTMLDialogElement ? found : null;
}

function show(id: string | undefined): void {
  const box = dialog(id);
  if (box && !box.open) box.showModal();
}

function closeMenus(): void {
  document.querySelectorAll<HTMLDetailsElement>('details.menu[open]').forEach((d) => {
    d.open = false;
    d.querySelector('summary')?.focus();
  });
}

/** The dialog gathers the keys that the parts of this page declare. */
function showShortcuts(): void {
  const box = dialog('shortcuts');
  const slot = box?.querySelector('.shortcuts-here');
  if (!box || !slot) return;
  slot.replaceChildren(...Array.from(document.querySelectorAll<HTMLTemplateElement>('template[data-shortcuts]'), (t) => t.content.cloneNode(true)));
  box.showModal();
}

function focusSearch(e: KeyboardEvent): void {
  const field = document.querySelector<HTMLInputElement>('.filters input[type=search], .desk-search input');
  if (!field) return;
  e.preventDefault();
  field.focus();
}
