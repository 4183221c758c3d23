/** Asks the browser for a subscription and sends it with the form; says in words why it cannot. */
export default (el: HTMLElement): void => {
  const form = el as HTMLFormElement;
  const button = form.querySelector('button');
  const status = form.querySelector<HTMLElement>('[role=status]');
  const say = (text: string): void => void (status && (status.textContent = text));
  if (!button) return;
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return say(isSecureContext ? '此浏览器不支持推送。' : '推送需要通过 https 访问本平台。');
  if (Notification.permission === 'denied') return say('浏览器已阻止本站通知：请在地址栏旁的网站设置中改为“允许”，再刷新本页。');
  button.disabled = false;
  form.addEventListener('submit', (e) => {
    if (form.dataset['ready'] !== undefined) return;
    e.preventDefault();
    button.disabled = true;
    say('正在开启…');
    subscribe(form.dataset['key'] ?? '').then((given) => {
      for (const [name, value] of Object.entries(given)) (form.elements.namedItem(name) as HTMLInputElement).value = value;
      form.dataset['ready'] = '';
      form.submit();
    }, (problem: unknown) => {
      button.disabled = false;
      say(Notification.permission === 'granted' ? `浏览器连接不上它的推送服务，暂不能开启（${problem instanceof Error ? problem.name : '未知原因'}）。请检查网络后再试。` : '没有得到允许，未开启推送。');
    });
  });
};

async function subscribe(key: string): Promise<Record<string, string>> {
  if (await Notification.requestPermission() !== 'granted') throw new Error('denied');
  const worker = await navigator.serviceWorker.register('/dist/push.js');
  await ready(worker);
  const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint = '', keys = {} } = subscription.toJSON();
  return { endpoint, p256dh: keys['p256dh'] ?? '', auth: keys['auth'] ?? '' };
}

/** A subscription needs a worker that has begun to work; `serviceWorker.ready` waits for one of this page, and ours is of none. */
function ready(worker: ServiceWorkerRegistration): Promise<void> {
  const coming = worker.installing ?? worker.waiting;
  if (worker.active || !coming) return Promise.resolve();
  return new Promise((resolve) => coming.addEventListener('statechange', () => { if (coming.state === 'activated') resolve(); }));
}
