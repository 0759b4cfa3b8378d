"""PyTorch's side of beside-pytorch.ts; the product never needs it. Prints one JSON line.

torch_peer.py network THREADS BATCH IMAGES CHANNELS SIZE COLOURS DROPOUT   images a second of a TinyVGG, random data in memory
torch_peer.py epochs THREADS FOLDER                the paper's default: three epochs and their test passes, with a DataLoader
"""
import gzip
import json
import os
import statistics
import sys
import time

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

mode, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(threads)
torch.manual_seed(42)


def tiny_vgg(channels, size, colours, dropout):
    def block(inputs):
        convolutions = nn.Conv2d(inputs, channels, 3, 1, 1), nn.Conv2d(channels, channels, 3, 1, 1)
        return [convolutions[0], nn.ReLU(), convolutions[1], nn.ReLU(), nn.MaxPool2d(2)]

    last = [nn.Dropout(dropout)] if dropout else []
    classifier = nn.Linear(channels * (size // 4) ** 2, 10)
    return nn.Sequential(*block(colours), *block(channels), nn.Flatten(), *last, classifier)


def step(model, optimizer, loss, x, y):
    value = loss(model(x), y)
    optimizer.zero_grad()
    value.backward()
    optimizer.step()
    return value


def network(batch, images, channels, size, colours, dropout):
    batch, images, channels, size, colours = int(batch), int(images), int(channels), int(size), int(colours)
    model = tiny_vgg(channels, size, colours, float(dropout))
    optimizer, loss = torch.optim.SGD(model.parameters(), lr=1e-6), nn.CrossEntropyLoss()
    x, y = torch.rand(images, colours, size, size), torch.randint(0, 10, (images,))

    def epoch():
        order, start = torch.randperm(images), time.perf_counter()
        for i in range(0, images, batch):
            rows = order[i : i + batch]
            step(model, optimizer, loss, x[rows], y[rows])
        return images / (time.perf_counter() - start)

    epoch()
    return {"imagesPerSecond": statistics.median(epoch() for _ in range(3))}


class Fashion(Dataset):
    """One image at a time, as torchvision's FashionMNIST with ToTensor gives it, without its detour over PIL."""

    def __init__(self, folder, part):
        self.labels = torch.tensor(list(read_idx(folder, f"{part}-labels-idx1-ubyte")[8:]))
        pixels = bytearray(read_idx(folder, f"{part}-images-idx3-ubyte")[16:])
        self.images = torch.frombuffer(pixels, dtype=torch.uint8).view(-1, 28, 28)

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return self.images[index].unsqueeze(0).float().div(255), self.labels[index]


def read_idx(folder, name):
    path = os.path.join(folder, name)
    with (open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz")) as file:
        return file.read()


def epochs(folder):
    train, test = (Fashion(folder, part) for part in ("train", "t10k"))
    model = tiny_vgg(10, 28, 1, 0)
    optimizer, loss = torch.optim.SGD(model.parameters(), lr=0.1), nn.CrossEntropyLoss()
    start = time.perf_counter()
    for _ in range(3):
        for x, y in DataLoader(train, batch_size=32, shuffle=True):
            step(model, optimizer, loss, x, y)
        with torch.inference_mode():
            right = sum((model(x).argmax(1) == y).sum().item() for x, y in DataLoader(test, batch_size=32))
    return {"seconds": time.perf_counter() - start, "accuracy": right / len(test)}


print(json.dumps((network if mode == "network" else epochs)(*sys.argv[3:])))
