/** What a person can do in the portal; see `Portal`. */
export const PORTAL_ACTIONS = ['draft', 'touch', 'delete', 'submit', 'cancel', 'publish'] as const;
export type PortalAction = (typeof PORTAL_ACTIONS)[number];
