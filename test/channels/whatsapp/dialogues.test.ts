import { testEveryDialogue } from '../dialogues/every-dialogue.ts'
import { whatsappScene } from './scene.ts'

await testEveryDialogue('a linked number', whatsappScene, { atOnce: 12, sample: 15, usualTime: true })
