import { toast } from '#web/toast.ts';

/** Seconds: the server says when to come again; then each wait is half as long again, up to a minute. */
const SHORTEST = 5;
const LONGEST = 60;
const waited = new WeakMap<HTMLFormElement, number>();
const waiting = new WeakSet<HTMLFormElement>();

/**
 * A form with a key is one deed however often it is sent (REL-02). When the house cannot take it now, the page keeps what was typed and sends the form again by itself,
 * until it is taken or the page is left. False for anything else.
 */
export function sendAgain(el: unknown, why: string, retryAfter?: string | null): boolean {
  if (!(el instanceof HTMLFormElement) || !el.querySelector('input[type=hidden][name=key]')) return false;
  if (waiting.has(el)) return true;
  const seconds = Math.min(LONGEST, Math.ceil(Math.max(Number(retryAfter) || SHORTEST, (waited.get(el) ?? 0) * 1.5)));
  waited.set(el, seconds);
  waiting.add(el);
  toast({ text: `${why}填写的内容还在本页，${seconds} 秒后自动重新提交，请不要关闭本页。`, kind: 'info' });
  setTimeout(() => {
    waiting.delete(el);
    if (el.isConnected) el.requestSubmit();
  }, seconds * 1000);
  return true;
}

/** Whoever sends it by hand meanwhile need not wait as long the next time. */
document.addEventListener('htmx:afterRequest', (e) => {
  const { elt, successful } = (e as CustomEvent<{ elt: Element; successful: boolean }>).detail;
  if (successful && elt instanceof HTMLFormElement) waited.delete(elt);
});
