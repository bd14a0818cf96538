"""Draw charts as SVG that need no script and read in black and white."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from textwrap import wrap
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from safepassage.base.phrases import signed
from safepassage.publish.spoken import ENGLISH
from safepassage.publish.svg import WIDTH, base_line, framed, level, tick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.publish.spoken import Spoken

__all__ = ["Bar", "Step", "bars", "name_of", "round_steps", "steps", "wrapped"]

_LINE, _UNDER_LABEL = 16, 26
_LETTER = 7.0
"""Width of a letter of a label, about, in the chart's own units."""
_MARGIN = 70
"""Room left and right of the bars for their numbers, in the chart's own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold one bar: its label, its figures, and whether it rests on an assumption."""

    label: str
    low: float
    best: float
    high: float
    assumed: bool = False


def bars(rows: Sequence[Bar], *, name: str, title: str, unit: str, width: int = WIDTH) -> Markup:
    """Draw bars from zero, losses hatched, assumptions with a dashed edge and no filling.

    Parameters
    ----------
    rows
        From top to bottom; a thin line spans the low and the high figure.
    name
        Begins the ids in the picture: each chart of a page needs its own.
    title
        What it shows, for those who do not see it; each bar's figures are told as well.
    unit
        Of all figures, under the axis.
    width
        Of the chart, in its own units.

    """
    labels = [wrapped(each.label, width, 2) for each in rows]
    tall = _UNDER_LABEL + _LINE * max(map(len, labels), default=1)
    name = name_of(name, width)
    least = min([0.0, *(min(each.low, each.best) for each in rows)])
    most = max([0.0, *(max(each.high, each.best) for each in rows)])
    scale = (width - 2 * _MARGIN) / ((most - least) or 1)
    zero = _MARGIN - least * scale
    bottom = tall * len(rows) + 8
    parts = [
        Markup(
            '<defs><pattern id="{}-loss" width="6" height="6" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
            '<rect width="2" height="6" fill="#000"/></pattern></defs>'
        ).format(name),
    ]
    for number in round_steps(least, most, about=_about(width)):
        x = zero + number * scale
        parts.append(
            Markup(
                '<path d="M{x:.1f} 4V{bottom}" stroke="#bbb" stroke-width="1"/>'
                '<text x="{x:.1f}" y="{y}" text-anchor="middle" class="tick">{tick}</text>'
            ).format(x=x, bottom=bottom, y=bottom + 16, tick=signed(number))
        )
    parts.append(
        Markup('<path d="M{:.1f} 4V{}" stroke="#000" stroke-width="1.5"/>').format(zero, bottom)
    )
    parts += [
        _bar(each, i * tall + tall - 24, zero, scale, name, labels[i])
        for i, each in enumerate(rows)
    ]
    units = wrapped(unit, width, 3)
    parts += [
        Markup('<text x="{}" y="{}" text-anchor="middle" class="unit">{}</text>').format(
            width / 2, bottom + 35 + _LINE * i, line
        )
        for i, line in enumerate(units)
    ]
    told = "; ".join(_told(each, unit) for each in rows)
    height = bottom + 24 + _LINE * len(units)
    return framed(*parts, name=name, title=title, told=told, height=height, width=width)


def wrapped(words: str, width: int, most: int) -> list[str]:
    """Break words into at most so many lines that fit a chart's width."""
    return wrap(words, int(width / _LETTER), max_lines=most, placeholder="…") or [""]


def _about(width: int) -> int:
    return 5 if width == WIDTH else 3


def name_of(name: str, width: int) -> str:
    """Keep the ids in a chart apart from those in the same chart of another width."""
    return name if width == WIDTH else f"{name}-{width}"


def _bar(each: Bar, y: float, zero: float, scale: float, name: str, label: Sequence[str]) -> Markup:
    x = min(zero, zero + each.best * scale)
    wide = abs(each.best) * scale
    if each.assumed:
        look = 'fill="#fff" stroke="#000" stroke-width="1.5" stroke-dasharray="4 3"'
    elif each.best < 0:
        look = f'fill="url(#{escape(name)}-loss)" stroke="#000" stroke-width="1"'
    else:
        look = 'fill="#9bb7cc" stroke="#000" stroke-width="1"'
    ends = [zero + figure * scale for figure in (each.low, each.high)]
    outer = zero if not each.best else (max if each.best > 0 else min)(*ends, zero)
    left = each.best < 0
    parts = [
        *(
            Markup('<text x="4" y="{}" class="label">{}</text>').format(
                y - 4 - _LINE * (len(label) - 1 - i), line
            )
            for i, line in enumerate(label)
        ),
        Markup(f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="14" {look}/>'),  # noqa: S704 - numbers
        Markup('<text x="{:.1f}" y="{}" text-anchor="{}" class="value">{}</text>').format(
            outer + (-6 if left else 6), y + 12, "end" if left else "start", signed(each.best)
        ),
    ]
    if each.low != each.high:
        parts.append(
            Markup(
                '<path d="M{a:.1f} {m}H{b:.1f}M{a:.1f} {t}v8M{b:.1f} {t}v8" stroke="#000" '
                'stroke-width="1.5" fill="none"/>'
            ).format(a=ends[0], b=ends[1], m=y + 7, t=y + 3)
        )
    return Markup().join(parts)


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one step: its label, how wide it is and how high."""

    label: str
    wide: float
    high: float


def steps(
    rows: Sequence[Step], *, name: str, title: str, across: str, up: str, width: int = WIDTH,
    say: Spoken = ENGLISH,
) -> Markup:  # fmt: skip
    """Draw shares of 100 side by side, each as wide as what it counts, and their mean.

    Parameters
    ----------
    rows
        From left to right; heights are per cent.
    name, title, width
        As of ``bars``.
    across, up
        What the two axes measure, with units.

    """
    total = sum(each.wide for each in rows) or 1
    wide, high, left, top = width - 90.0, 220.0, 60.0, 26.0
    mean = sum(each.wide * each.high for each in rows) / total
    parts = [
        Markup('<text x="4" y="14" class="unit">{}</text>').format(up),
        *(
            level(share, top + high * (1 - share / 100), left, wide)
            for share in (0, 25, 50, 75, 100)
        ),
        *(
            tick(count, left + wide * count / total, top + high + 17)
            for count in round_steps(0, total, about=_about(width))
        ),
    ]
    x = left
    for each in rows:
        thick, height = wide * each.wide / total, high * each.high / 100
        parts.append(
            Markup(
                '<rect x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}" fill="#3a5f7d" '
                'stroke="#000" stroke-width=".5"/>'
            ).format(x, top + high - height, thick, height)
        )
        x += thick
    y = top + high * (1 - mean / 100)
    parts.append(
        Markup(
            '<path d="M{} {y:.1f}h{}" stroke="#000" stroke-width="1.5" stroke-dasharray="6 4"/>'
            '<text x="{}" y="{:.1f}" class="value">{}</text>'
        ).format(left, wide, left + 6, y - 5, say("mean {n} %", n=f"{mean:.0f}"), y=y)
    )
    parts.append(base_line(top + high, left, wide, across))
    told = "; ".join(f"{each.label}: {each.high:.1f} {up}" for each in rows)
    average = say("mean {n} %", n=f"{mean:.1f}")
    return framed(
        *parts, name=name_of(name, width), title=title, told=f"{average}. {told}",
        height=top + high + 42, width=width,
    )  # fmt: skip


def round_steps(least: float, most: float, *, about: int = 5) -> list[float]:
    """Give round numbers from the least to the most, about so many."""
    rough = (most - least) / about
    if rough <= 0:
        return [0.0]
    power = 10 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    first, last = -floor(-least / step), floor(most / step)
    return [step * i for i in range(int(first), int(last) + 1)]


def _told(each: Bar, unit: str) -> str:
    spread = f" ({signed(each.low)} to {signed(each.high)})" if each.low != each.high else ""
    return f"{each.label}: {signed(each.best)}{spread} {unit}"
