// Datasets that are recognised by their content and can be downloaded: what they are, whose, and where they lie.
import { FASHION_CLASS_NAMES } from '#shared/core/datasets/dataset.ts'

export interface RemoteFile {
  readonly name: string
  /** As it is sent, packed. */
  readonly bytes: number
  /** As the publisher states it. */
  readonly md5: string
  readonly sha256: string
}

export interface KnownDataset {
  readonly id: string
  readonly name: string
  /** See content-hash.ts. */
  readonly hash: string
  readonly classNames: readonly string[]
  readonly source: string
  readonly licence: string
  readonly citation: string
  /** Folders on the web that have all files; each ends with a slash and is tried in turn. */
  readonly mirrors: readonly string[]
  readonly files: readonly RemoteFile[]
}

/** Xiao, Rasul, Vollgraf: Fashion-MNIST. Sizes and md5 as its README lists them. */
export const FASHION_MNIST: KnownDataset = {
  id: 'fashion-mnist',
  name: 'Fashion-MNIST',
  hash: '37de1dc5ca3ef17e117eaab714bc2e86cd5ed567b1ccd1562a53d7a095d72d9f',
  classNames: FASHION_CLASS_NAMES,
  source: 'https://github.com/zalandoresearch/fashion-mnist',
  licence: 'MIT, © 2017 Zalando SE',
  citation: 'arXiv:1708.07747',
  mirrors: [
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
  ],
  files: [
    {
      name: 'train-images-idx3-ubyte.gz',
      bytes: 26_421_880,
      md5: '8d4fb7e6c68d591d4c3dfef9ec88bf0d',
      sha256: '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
    },
    {
      name: 'train-labels-idx1-ubyte.gz',
      bytes: 29_515,
      md5: '25c81989df183df01b3e8a0aad5dffbe',
      sha256: 'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
    },
    {
      name: 't10k-images-idx3-ubyte.gz',
      bytes: 4_422_102,
      md5: 'bef4ecab320f06d8554ea6380940ec79',
      sha256: '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
    },
    {
      name: 't10k-labels-idx1-ubyte.gz',
      bytes: 5_148,
      md5: 'bb300cfdad3c16e7a12a480ee83cd310',
      sha256: '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
    },
  ],
}

export const KNOWN_DATASETS: readonly KnownDataset[] = [FASHION_MNIST]
