// Entry of the classifier process; see classifier.ts for the other side.
import { ClassifierDesk } from './answer-classifier.ts'
import { classifierQuestionSchema } from './classifier-messages.ts'
import { serveCompanion } from './serve-companion.ts'

const desk = new ClassifierDesk()

serveCompanion((question) => desk.answer(classifierQuestionSchema.parse(question)))
