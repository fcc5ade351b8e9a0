import { testEveryDialogue } from '../dialogues/every-dialogue.ts'
import { telegramScene } from './scene.ts'

await testEveryDialogue('Telegram', telegramScene, { sample: 3 })
