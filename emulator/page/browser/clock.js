import { control } from './emulator.js';
import { find, show, time } from './elements.js';

/**
 * @typedef {import('./emulator.js').State} State
 * @typedef {(action: () => Promise<unknown>, done: string) => void} Act
 */

let frozen = false;

/** @param {State} state */
export function showClock({ clock, settings }) {
  frozen = clock.frozen;
  show(find('now'), clock.now.slice(0, 19), () => [time(clock.now)]);
  const moved = clock.offset === 0 ? '' : `${spanText(clock.offset)} ahead`;
  const notes = [frozen ? 'frozen' : moved, `commits take ${spanText(settings.certification)}`];
  find('clock-note').textContent = notes.filter(Boolean).join(' · ');
  find('freeze').textContent = frozen ? 'Resume' : 'Freeze';
}

/**
 * Makes the buttons of the clock work.
 *
 * @param {Act} act
 */
export function wireClock(act) {
  const advance = (/** @type {string} */ by) =>
    act(() => control('POST', '/clock/advance', { by }), `The clock was advanced by ${by}.`);
  for (const button of document.querySelectorAll('[data-advance]')) {
    const by = button.getAttribute('data-advance') ?? '';
    button.addEventListener('click', () => advance(by));
  }
  const form = /** @type {HTMLFormElement} */ (find('advance'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    advance(String(new FormData(form).get('by')).trim());
  });
  find('freeze').addEventListener('click', () =>
    frozen
      ? act(() => control('POST', '/clock/resume'), 'The clock runs.')
      : act(() => control('POST', '/clock/freeze'), 'The clock stands still.'),
  );
}

/** @param {number} milliseconds */
function spanText(milliseconds) {
  const sign = milliseconds < 0 ? '−' : '';
  let rest = Math.abs(Math.round(milliseconds));
  if (rest < 1000) return `${sign}${rest} ms`;
  rest = Math.round(rest / 1000);
  const parts = /** @type {const} */ ([
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ]).flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? [`${count} ${unit}`] : [];
  });
  return sign + parts.slice(0, 2).join(' ');
}
