"""The edits sellers make to a picture before publishing it again, and pictures of our own to try them on."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

Edit = Callable[[Image.Image, random.Random], Image.Image]


def jpeg30(image: Image.Image, rng: random.Random) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=30)
    return Image.open(io.BytesIO(buffer.getvalue())).convert("RGB")


def resized(image: Image.Image, rng: random.Random) -> Image.Image:
    return image.resize((480, 480), Image.Resampling.BICUBIC)


def crop_side(image: Image.Image, rng: random.Random) -> Image.Image:
    """A tenth cut off one side."""
    width, height = image.size
    return image.crop(
        rng.choice(
            (
                (width // 10, 0, width, height),
                (0, 0, width - width // 10, height),
                (0, height // 10, width, height),
                (0, 0, width, height - height // 10),
            )
        )
    )


def crop_centre(image: Image.Image, rng: random.Random) -> Image.Image:
    """60 % of width and height, enlarged again."""
    width, height = image.size
    left, top = round(width * rng.uniform(0.1, 0.3)), round(height * rng.uniform(0.05, 0.35))
    box = (left, top, left + round(width * 0.6), top + round(height * 0.6))
    return image.crop(box).resize(image.size, Image.Resampling.BICUBIC)


def flip(image: Image.Image, rng: random.Random) -> Image.Image:
    return image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)


def white_border(image: Image.Image, rng: random.Random) -> Image.Image:
    return _on_canvas(image, "white", 0.8)


def colour_border(image: Image.Image, rng: random.Random) -> Image.Image:
    return _on_canvas(image, _colour(rng), 0.9)


def banner(image: Image.Image, rng: random.Random) -> Image.Image:
    """A strip with blocks in place of writing along the bottom."""
    result = image.copy()
    draw = ImageDraw.Draw(result)
    width, height = result.size
    draw.rectangle((0, height * 0.83, width, height), fill=_colour(rng))
    for step in range(8):
        left = width * (0.05 + step * 0.115)
        draw.rectangle((left, height * 0.87, left + width * 0.07, height * 0.95), fill="white")
        draw.line((left, height * 0.91, left + width * rng.uniform(0.02, 0.07), height * 0.91), fill="black", width=5)
    return result


def badge(image: Image.Image, rng: random.Random) -> Image.Image:
    result = image.copy()
    draw = ImageDraw.Draw(result)
    width, height = result.size
    draw.ellipse((width * 0.74, height * 0.03, width * 0.97, height * 0.26), fill=(220, 30, 40))
    draw.rectangle((width * 0.79, height * 0.12, width * 0.92, height * 0.16), fill="white")
    return result


def watermark(image: Image.Image, rng: random.Random) -> Image.Image:
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for x in range(-image.width, image.width * 2, image.width // 5):
        draw.line((x, 0, x + image.width // 2, image.height), fill=(120, 120, 120, 110), width=image.width // 80)
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def hue(image: Image.Image, rng: random.Random) -> Image.Image:
    """Every hue turned by 150°."""
    h, s, v = image.convert("HSV").split()
    return Image.merge("HSV", (h.point(lambda x: (x + 106) % 256), s, v)).convert("RGB")


def grey(image: Image.Image, rng: random.Random) -> Image.Image:
    return image.convert("L").convert("RGB")


def brighter(image: Image.Image, rng: random.Random) -> Image.Image:
    return ImageEnhance.Contrast(ImageEnhance.Brightness(image).enhance(1.25)).enhance(1.15)


def rotate(image: Image.Image, rng: random.Random) -> Image.Image:
    return image.rotate(2, Image.Resampling.BICUBIC, fillcolor="white")


def scene(image: Image.Image, rng: random.Random) -> Image.Image:
    """What is not plain background, at 60 %, pasted on a blurred coloured scene."""
    backdrop = _blobs(image.size, rng)
    width, height = image.size
    small = image.resize((round(width * 0.6), round(height * 0.6)), Image.Resampling.LANCZOS)
    corner = Image.new("RGB", small.size, small.getpixel((2, 2)))
    mask = ImageChops.difference(small, corner).convert("L").point(lambda x: 255 if x > 16 else 0)
    backdrop.paste(small, (round(width * rng.uniform(0.05, 0.35)), round(height * 0.35)), mask)
    return backdrop


def framed(image: Image.Image, rng: random.Random) -> Image.Image:
    """At half size on a coloured card with a thin inner line."""
    result = _on_canvas(image, _colour(rng), 0.5)
    width, height = result.size
    ImageDraw.Draw(result).rectangle(
        (width * 0.06, height * 0.06, width * 0.94, height * 0.94), outline="black", width=3
    )
    return result


def collage(image: Image.Image, rng: random.Random) -> Image.Image:
    """Two thirds of the width, with the same picture mirrored and cut beside it."""
    width, height = image.size
    result = Image.new("RGB", image.size, "white")
    result.paste(image.resize((width * 2 // 3, height * 2 // 3), Image.Resampling.LANCZOS), (0, height // 6))
    part = crop_centre(image, rng).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    part = part.resize((width // 3, height // 3), Image.Resampling.LANCZOS)
    result.paste(part, (width * 2 // 3, 0))
    result.paste(hue(part, rng), (width * 2 // 3, height // 2))
    return result


def everything(image: Image.Image, rng: random.Random) -> Image.Image:
    """Mirrored, recoloured, cropped, with banner and badge."""
    return badge(banner(crop_side(hue(flip(image, rng), rng), rng), rng), rng)


EDITS: dict[str, Edit] = {
    "jpeg 30": jpeg30,
    "480 px": resized,
    "crop 10 % one side": crop_side,
    "crop to 60 %": crop_centre,
    "flip": flip,
    "white border": white_border,
    "colour border": colour_border,
    "bottom banner": banner,
    "badge": badge,
    "watermark": watermark,
    "hue +150°": hue,
    "grey": grey,
    "brighter": brighter,
    "rotate 2°": rotate,
    "cut out on a scene": scene,
    "framed at half size": framed,
    "collage": collage,
    "flip, hue, crop, banner, badge": everything,
}

TEMPLATES: tuple[str, ...] = ("bottom banner", "badge", "colour border", "framed at half size", "watermark")
"""Edits that put the same thing on every picture: what must not make different products alike."""


def drawn(seed: int, side: int = 640) -> Image.Image:
    """A small picture of our own making: a patterned thing on white, different for every seed."""
    rng = random.Random(seed)
    image = Image.new("RGB", (side, side), "white")
    draw = ImageDraw.Draw(image)
    left, top, right, bottom = (side * rng.uniform(a, b) for a, b in ((0.1, 0.3), (0.1, 0.25), (0.65, 0.9), (0.7, 0.9)))
    draw.rounded_rectangle((left, top, right, bottom), side * rng.uniform(0.02, 0.2), fill=_colour(rng))
    for _ in range(rng.randint(25, 60)):
        x, y = rng.uniform(left, right), rng.uniform(top, bottom)
        wide, high = side * rng.uniform(0.01, 0.14), side * rng.uniform(0.01, 0.14)
        box = (x, y, min(x + wide, right), min(y + high, bottom))
        kind = rng.choice(("ellipse", "rectangle", "line"))
        if kind == "ellipse":
            draw.ellipse(box, fill=_colour(rng))
        elif kind == "rectangle":
            draw.rectangle(box, fill=_colour(rng))
        else:
            draw.line(box, fill=_colour(rng), width=rng.randint(1, side // 60))
    return image.filter(ImageFilter.GaussianBlur(side / 640))


def _colour(rng: random.Random) -> tuple[int, int, int]:
    return rng.randint(20, 235), rng.randint(20, 235), rng.randint(20, 235)


def _blobs(size: tuple[int, int], rng: random.Random) -> Image.Image:
    result = Image.new("RGB", size, _colour(rng))
    draw = ImageDraw.Draw(result)
    for _ in range(8):
        x, y, radius = rng.uniform(0, size[0]), rng.uniform(0, size[1]), size[0] * rng.uniform(0.1, 0.35)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_colour(rng))
    return result.filter(ImageFilter.GaussianBlur(size[0] / 40))


def _on_canvas(image: Image.Image, colour: str | tuple[int, int, int], share: float) -> Image.Image:
    width, height = image.size
    small = image.resize((round(width * share), round(height * share)), Image.Resampling.LANCZOS)
    canvas = Image.new("RGB", image.size, colour)
    canvas.paste(small, ((width - small.width) // 2, (height - small.height) // 2))
    return canvas
