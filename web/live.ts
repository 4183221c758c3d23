import htmx from '#web/htmx.ts';

interface Heard { kinds?: string[]; kind?: string; data?: string }

/**
 * A browser opens six connections to a host over HTTP/1.1, so all tabs share one stream: the tab that holds the lock reads,
 * the others hear it over a channel, and one of them takes over when the reader closes.
 */
class SharedSource extends EventTarget {
  onopen: ((e: Event) => void) | null = null;
  onerror: ((e: Event) => void) | null = null;
  readyState: number = EventSource.CONNECTING;
  readonly #channel: BroadcastChannel;
  readonly #kinds = new Set<string>();
  readonly #over = new AbortController();
  #source: EventSource | undefined;

  constructor(readonly url: string) {
    super();
    this.#channel = new BroadcastChannel(`live:${url}`);
    this.#channel.onmessage = (e: MessageEvent<Heard>) => this.#hear(e.data);
    navigator.locks.request(`live:${url}`, { signal: this.#over.signal }, () => this.#read()).catch(() => undefined);
  }

  override addEventListener(kind: string, listener: EventListenerOrEventListenerObject | null): void {
    super.addEventListener(kind, listener);
    this.#want([kind]);
    this.#channel.postMessage({ kinds: [kind] } satisfies Heard);
  }

  close(): void {
    this.readyState = EventSource.CLOSED;
    this.#over.abort();
    this.#source?.close();
    this.#channel.close();
  }

  /** Holds the lock for as long as this tab reads. */
  #read(): Promise<void> {
    const source = this.#source = new EventSource(this.url);
    source.onopen = () => this.#open();
    this.#kinds.forEach((kind) => this.#listen(source, kind));
    return new Promise((resolve) => {
      this.#over.signal.addEventListener('abort', () => resolve());
      source.onerror = (e) => {
        if (source.readyState !== EventSource.CLOSED) return;
        this.close();
        this.onerror?.(e);
      };
    });
  }

  #want(kinds: string[]): void {
    for (const kind of kinds.filter((k) => !this.#kinds.has(k))) {
      this.#kinds.add(kind);
      if (this.#source) this.#listen(this.#source, kind);
    }
  }

  #listen(source: EventSource, kind: string): void {
    source.addEventListener(kind, (e) => {
      const { data } = e as MessageEvent<string>;
      this.#channel.postMessage({ kind, data } satisfies Heard);
      this.dispatchEvent(new MessageEvent(kind, { data }));
    });
  }

  #hear({ kinds, kind, data }: Heard): void {
    if (kinds) this.#want(kinds);
    if (kind === undefined) return;
    this.#open();
    this.dispatchEvent(new MessageEvent(kind, { data }));
  }

  #open(): void {
    if (this.readyState === EventSource.OPEN) return;
    this.readyState = EventSource.OPEN;
    this.onopen?.(new Event('open'));
  }
}

/** Plain http on an intranet address has no locks: there each tab reads for itself. */
Object.assign(htmx, { createEventSource: (url: string) => ('locks' in navigator ? new SharedSource(url) : new EventSource(url)) });

/** A row that is not on this page is no error: `<tr id hx-swap-oob>` for it is dropped. */
document.addEventListener('htmx:sseBeforeMessage', (e) => {
  const data = (e as CustomEvent<MessageEvent<string>>).detail.data;
  const ids = [...data.matchAll(/<\w+[^>]*\sid="([^"]+)"[^>]*hx-swap-oob/g)].map((m) => m[1] ?? '');
  if (ids.length > 0 && !ids.some((id) => document.getElementById(id))) e.preventDefault();
});
