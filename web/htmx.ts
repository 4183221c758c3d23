import htmx from 'htmx.org';

/**
 * Own file, imported before the extensions: they look for the global.
 * Nothing is evaluated, nothing of a citizen is kept in browser storage: "back" loads the page again.
 */
(globalThis as { htmx?: typeof htmx }).htmx = htmx;
Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  historyRestoreAsHxRequest: false,
  refreshOnHistoryMiss: true,
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '422', swap: true },
    { code: '[45]..', swap: false, error: true },
  ],
});

document.addEventListener('htmx:configRequest', (e) => {
  const { verb, headers } = (e as CustomEvent<{ verb: string; headers: Record<string, string> }>).detail;
  const token = document.querySelector<HTMLMetaElement>('meta[name=csrf]')?.content;
  if (verb !== 'get' && token) headers['RequestVerificationToken'] = token;
});

export default htmx;
