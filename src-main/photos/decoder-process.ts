// Entry of a decoder process. It may die of what it is given; see companions.ts for the other side.
import { serveCompanion } from './serve-companion.ts'
import { answerDecoder } from './answer-decoder.ts'
import { photoQuestionSchema } from './photo-messages.ts'

serveCompanion((question, tellAdvance) => answerDecoder(photoQuestionSchema.parse(question), tellAdvance))
