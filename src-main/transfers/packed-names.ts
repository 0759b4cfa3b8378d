// What lies where in a file of runs: `<run id>/run.json` and `<run id>/weights.safetensors`.

export const RUN_RECORD = 'run.json'
export const WEIGHTS_FILE = 'weights.safetensors'
/** The id, and which of the two. */
export const PACKED_NAME = /^([0-9a-z]{8})\/(run\.json|weights\.safetensors)$/
