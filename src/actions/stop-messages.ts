import type { Action } from './action.ts'

/**
 * STOP: we do not speak first here any more. Until outreach exists nothing speaks first, so there is nothing to
 * end; answers to a citizen's own reports still come.
 */
export const stopMessages: Action = async (_room, requests) => requests.map(() => ({ result: {} }))
