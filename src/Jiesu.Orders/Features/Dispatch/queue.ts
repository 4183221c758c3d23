import htmx from '#web/htmx.ts';

const shownOrder = (): string => document.getElementById('desk-form')?.dataset['order'] ?? '';

/** An order is on its way; what comes brings the queue along. */
export const isBusy = (): boolean => document.querySelector('#desk .htmx-request') !== null;

/** Asks for the queue alone; order and fields stay as they are. Who stands in it with the keyboard is left alone. */
export function refreshQueue(): void {
  const queue = document.getElementById('queue');
  if (!queue || isBusy() || queue.contains(document.activeElement)) return;
  void htmx.ajax('get', `/orders/desk/queue?order=${shownOrder()}`, { target: '#queue', swap: 'morph:outerHTML' });
}

/** An answer may come when another order has been chosen since: what is shown counts. */
export function alignQueue(): void {
  const row = document.getElementById(`row-${shownOrder()}`);
  if (isBusy() || row?.hasAttribute('aria-current')) return;
  document.querySelector('#queue [aria-current]')?.removeAttribute('aria-current');
  row?.setAttribute('aria-current', 'true');
}
