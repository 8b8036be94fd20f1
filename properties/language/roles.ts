/**
 * The roles of every run. `member` binds the user, so that another user is another role binding; `guest` binds
 * nothing, so that user and plan may change under equal roles (S6).
 */
export const roles = {
  member: { match: { role: 'member', sub: '$user' } },
  guest: { match: { role: 'guest' } },
} as const;
