/** A mark jumps the player to its second; the form takes the second that is being heard. */
export default (el: HTMLElement): void => {
  const player = el.querySelector('audio');
  const now = el.querySelector<HTMLButtonElement>('[data-now]');
  const second = el.querySelector<HTMLInputElement>('[name=second]');
  if (!player) return;
  el.addEventListener('click', (e) => {
    const mark = (e.target as Element).closest<HTMLElement>('[data-second]');
    if (!mark) return;
    player.currentTime = Number(mark.dataset.second);
    void player.play();
  });
  if (!now || !second) return;
  now.hidden = false;
  now.addEventListener('click', () => { second.value = String(Math.floor(player.currentTime)); });
};
