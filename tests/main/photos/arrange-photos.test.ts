import { describe, expect, it } from 'vitest'
import { arrangePhotos } from '#main/photos/arrange-photos.ts'

const arrange = (...files: readonly string[]) => {
  const { classNames, photos, leftOut } = arrangePhotos(files.map((file) => ({ file, path: `/in/${file}` })))
  return {
    classNames,
    photos: photos.map(({ file, label, split }) => [file, classNames[label], split]),
    leftOut: leftOut.map(({ file }) => file),
  }
}

describe('photos in folders', () => {
  it('are of the class that the folder right below is called by, in the order of the names', () => {
    expect(arrange('my/Spoons/a.jpg', 'my/Cups 10/b.jpg', 'my/Cups 9/old/c.jpg', 'my/d.jpg')).toEqual({
      classNames: ['Cups 9', 'Cups 10', 'Spoons'],
      photos: [
        ['my/Spoons/a.jpg', 'Spoons', null],
        ['my/Cups 10/b.jpg', 'Cups 10', null],
        ['my/Cups 9/old/c.jpg', 'Cups 9', null],
      ],
      leftOut: ['my/d.jpg'],
    })
  })

  it('are training or test photos where two folders say so', () => {
    expect(arrange('my/train/Cups/a.jpg', 'my/Test/Cups/b.jpg', 'my/train/c.jpg')).toEqual({
      classNames: ['Cups'],
      photos: [
        ['my/train/Cups/a.jpg', 'Cups', 'train'],
        ['my/Test/Cups/b.jpg', 'Cups', 'test'],
      ],
      leftOut: ['my/train/c.jpg'],
    })
    expect(arrange('my/train/a.jpg', 'my/Cups/b.jpg').classNames).toEqual(['Cups', 'train'])
  })

  it('take names and order of Fashion-MNIST where all folders mean its classes, each another', () => {
    expect(arrange('my/bags/a.jpg', 'my/bag/b.jpg').classNames).toEqual(['bag', 'bags'])
    expect(arrange('my/bag/a.jpg', 'my/t-shirt/b.jpg', 'my/Dress/c.jpg').classNames).toEqual([
      'T-shirt/top',
      'Dress',
      'Bag',
    ])
    expect(arrange('my/top/a.jpg', 'my/t-shirt/b.jpg').classNames).toEqual(['t-shirt', 'top'])
    expect(arrange('my/bag/a.jpg', 'my/cup/b.jpg').classNames).toEqual(['bag', 'cup'])
  })
})
