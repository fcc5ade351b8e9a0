import type { DeskRoute } from './door.ts'
import { WRITERS } from './duty-words.ts'
import { decideWording, proposeWording } from './wording-deeds.ts'
import { showHouse, showWordings } from './wording-list.ts'
import { wordingPage } from './wording-page.ts'
import { wordingPatch } from './wording-patch.ts'

/** Sentences the office wants otherwise than its files say: proposed by one, agreed to by another. */
export const WORDINGS: DeskRoute[] = [
  { method: 'get', path: '/wordings', for: WRITERS, answer: seat => showWordings(seat) },
  { method: 'get', path: '/wordings/house', for: WRITERS, answer: showHouse },
  { method: 'get', path: '/wordings/patch.yaml', for: WRITERS, answer: wordingPatch },
  { method: 'get', path: '/wordings/:flow/:place', for: WRITERS, answer: seat => wordingPage(seat) },
  { method: 'post', path: '/wordings/:flow/:place', for: WRITERS, answer: proposeWording },
  { method: 'post', path: '/wordings/:id', for: WRITERS, answer: decideWording },
]
