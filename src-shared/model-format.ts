// Formats in which a run's model leaves Atelier, in the words of the page and the terminal.
export const MODEL_FORMATS = ['onnx', 'tfjs', 'safetensors'] as const
export type ModelFormat = (typeof MODEL_FORMATS)[number]

export const MODEL_FORMAT_TEXTS: Readonly<
  Record<ModelFormat, { readonly name: string; readonly use: string }>
> = {
  onnx: { name: 'ONNX', use: 'onnxruntime, OpenCV, Windows ML and most other tools; opset 17' },
  tfjs: { name: 'TensorFlow.js', use: 'a web page or Node, by tf.loadLayersModel' },
  safetensors: { name: 'safetensors', use: "PyTorch, with its names' shapes and order" },
}
