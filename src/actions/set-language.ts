import type { Action } from './action.ts'

/** The language a citizen chose, if the office speaks it; the engine keeps it in the conversation. */
export const setLanguage: Action = async (room, requests) =>
  requests.map(({ office, with: { language = '' } }) =>
    room.houseOf(office).office.languages.includes(language)
      ? { result: { language } }
      : { failed: 'unknown_language' },
  )
