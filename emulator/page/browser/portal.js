import { make } from './elements.js';

/**
 * @typedef {(action: () => Promise<unknown>, done: string) => void} Act
 * @typedef {{ action: string, label: string, fits: boolean, run: () => Promise<unknown> }} PortalAction
 */

/**
 * What a person can do to something in the portal: what makes no sense now cannot be pressed.
 *
 * @param {string} id of what it is done to
 * @param {readonly PortalAction[]} actions
 * @param {Act} act
 */
export function portalButtons(id, actions, act) {
  return make(
    'div',
    { class: 'buttons portal', role: 'group', 'aria-label': `Portal actions for ${id}` },
    make('span', { class: 'note' }, 'In the portal'),
    actions.map(({ action, label, fits, run }) =>
      make(
        'button',
        {
          type: 'button',
          disabled: !fits,
          'data-key': `${id}/${action}`,
          onclick: () => act(run, `${label} in the portal: ${id}.`),
        },
        label,
      ),
    ),
  );
}
