import htmx from '#web/htmx.ts';

/** Reloads the list when the counters of the desk change. Who is just using the list is left alone. All tabs share one stream. */
export default (el: HTMLElement): void => {
  const { createEventSource } = htmx as unknown as { createEventSource: (url: string) => EventTarget };
  let isFirst = true;
  createEventSource('/live').addEventListener('counts', () => {
    const list = document.getElementById('list');
    if (!isFirst && el.isConnected && list && !list.contains(document.activeElement)) {
      void htmx.ajax('get', location.pathname + location.search, { target: '#list', swap: 'morph:outerHTML' });
    }
    isFirst = false;
  });
};
