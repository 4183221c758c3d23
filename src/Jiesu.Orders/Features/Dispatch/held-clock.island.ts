import { refreshQueue } from './queue.ts';

/** Counts the seconds down; at their end it asks for the queue again until the answer has come. */
export default (el: HTMLElement): void => {
  const end = performance.now() + Number(el.dataset['left'] ?? 0) * 1000;
  const tick = setInterval(() => {
    if (!el.isConnected) return clearInterval(tick);
    const left = Math.ceil((end - performance.now()) / 1000);
    el.textContent = String(Math.max(0, left));
    if (left < 0) refreshQueue();
  }, 1000);
};
