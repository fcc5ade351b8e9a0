/** A wrong variant, kept to show that the bench would notice: one record in a hundred is not kept. */
import { buildOurs } from './ours.ts'
import type { Build } from './variant.ts'

export const buildForgetful: Build = around =>
  buildOurs({
    ...around,
    keep: (chat, answers) => (chat % 100 === 7 ? `LSM-2611-${chat}` : around.keep(chat, answers)),
  })
