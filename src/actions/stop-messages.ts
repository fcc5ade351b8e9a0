import type { Action } from './action.ts'

/**
 * STOP: we do not speak first here any more, so nobody is reminded of a draft. Answers to a citizen's own reports still come.
 */
export const stopMessages: Action = async (_room, requests) =>
  requests.map(() => ({ result: {}, stop: true as const }))
