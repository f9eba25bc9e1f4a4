"""The look of what is drawn as HTML, and the colours of the charts: dark on light, at least 4.5 to 1."""

from __future__ import annotations

INK, QUIET, LINE, GROUND = "#1d2733", "#4a5766", "#c3ccd6", "#eef2f6"
FOR, AGAINST, NEUTRAL, SEA, LAND = "#1c5d99", "#9a3412", "#5b6673", "#eaf0f5", "#fbfaf6"
"""Blue and rust are told apart with every kind of colour vision; signs and words carry the meaning all the same."""

CSS = f"""<style>
[data-testid="stMainBlockContainer"] {{padding:2.4rem 2.5rem 3rem}}
/* Streamlit's own bar is empty but for what runs and, where the menu is closed, the way to it: what lies below it can
   be reached all the same */
[data-testid="stHeader"] {{background:none;height:2.4rem;min-height:0;pointer-events:none}}
[data-testid="stHeader"] button {{pointer-events:auto}}
[data-testid="stMainBlockContainer"] h1 {{font-size:1.9rem;padding:.3rem 0}}
[data-testid="stMainBlockContainer"] h2 {{font-size:1.35rem;padding:.9rem 0 .2rem}}
[data-testid="stMainBlockContainer"] h3 {{font-size:1.1rem;padding:.7rem 0 .1rem}}
[data-testid="stElementContainer"]:has(>[data-testid="stHtml"]>style) {{position:absolute}}
.lk-nowrap {{white-space:nowrap}}
.lk-banner {{background:#fff3c4;color:#3d2f00;border:2px solid #8a6d00;padding:.35rem .8rem;font-weight:700;
  letter-spacing:.02em;border-radius:4px}}
.lk-banner.plain {{background:{GROUND};border-color:{LINE};color:{INK};font-weight:400}}
.lk-scroll {{overflow-x:auto;margin:.2rem 0 1rem;
  background:linear-gradient(90deg,#fff 40%,#fff0) 0/48px 100%,linear-gradient(270deg,#fff 40%,#fff0) 100%/48px 100%,
  linear-gradient(90deg,#1d273366,#1d273300) 0/14px 100%,linear-gradient(270deg,#1d273366,#1d273300) 100%/14px 100%;
  background-repeat:no-repeat;background-attachment:local,local,scroll,scroll}}
.lk-scroll::-webkit-scrollbar {{height:12px}} .lk-scroll::-webkit-scrollbar-track {{background:{GROUND}}}
.lk-scroll::-webkit-scrollbar-thumb {{background:{QUIET};border-radius:6px}}
table.lk {{border-collapse:collapse;width:100%;font-size:.92rem;color:{INK}}}
table.lk caption {{text-align:left;font-weight:600;font-size:1rem;padding:.3rem 0;color:{INK};caption-side:top}}
table.lk caption .lk-note {{display:block;font-weight:400}}
table.lk th,table.lk td {{text-align:left;vertical-align:top;padding:.42rem .5rem;border-bottom:1px solid {LINE}}}
table.lk thead th {{background:{GROUND};border-bottom:2px solid {QUIET};white-space:nowrap}}
table.lk tbody th {{font-weight:600;position:sticky;left:0;z-index:1;background:#fff}}
table.lk .lk-wide {{min-width:11rem}} table.lk tbody th {{min-width:8rem}}
table.lk .lk-number,table.lk thead th.lk-number {{text-align:right;font-variant-numeric:tabular-nums}}
table.lk td.lk-number {{white-space:nowrap}}
@media (max-width:1200px) {{
  [data-testid="stMainBlockContainer"] {{padding:2.4rem 1.2rem 3rem}}
  table.lk {{font-size:.88rem}} table.lk th,table.lk td {{padding:.4rem .35rem;overflow-wrap:break-word}}
  table.lk thead th {{white-space:normal}}
  table.lk .lk-wide {{min-width:7.5rem}} table.lk tbody th {{min-width:6rem}}
  table.lk .lk-note.lk-nowrap {{white-space:normal}}
}}
@media (max-width:640px) {{ /* columns below each other: nothing is cut */
  table.lk,table.lk caption,table.lk tbody,table.lk tr,table.lk tbody th,table.lk td {{display:block}}
  table.lk thead {{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
  table.lk tr {{border-bottom:2px solid {LINE};padding:.4rem 0}}
  table.lk tbody th,table.lk td {{border:0;padding:.15rem 0;position:static;white-space:normal}}
  table.lk td:empty {{display:none}} table.lk .lk-number {{text-align:left}}
  table.lk td::before {{content:attr(data-head);display:block;color:{QUIET};font-size:.8rem}}
  table.lk td:has(.lk-hidden) {{display:inline-block;margin-right:1rem;vertical-align:top}}
  table.lk .lk-nowrap {{white-space:normal}}
  .st-key-link_chart,.st-key-wide_chart {{overflow-x:auto}}
  .st-key-link_chart [data-testid="stVegaLiteChart"],.st-key-wide_chart [data-testid="stVegaLiteChart"] {{
    min-width:600px;max-width:none}}
}}
.lk-note {{color:{QUIET};font-size:.86rem;font-weight:400}}
a.lk-link {{color:#0b4f8a;text-decoration:underline;display:inline-block;
  min-height:24px;min-width:24px;line-height:24px}}
a.lk-link:focus {{outline:3px solid #1c5d99;outline-offset:2px}}
.lk-scroll:focus {{outline:3px solid #1c5d99}}
.lk-says {{white-space:nowrap;color:{INK}}}
.lk-says b {{display:inline-block;width:1.45em;height:1.45em;line-height:1.4em;text-align:center;border-radius:3px;
  border:1.5px solid currentColor;font-family:monospace}}
.lk-agrees b {{background:{FOR};color:#fff;border-color:{FOR}}}
.lk-close b {{background:#d6e6f5;color:#123d66}}
.lk-differs b {{background:{AGAINST};color:#fff;border-color:{AGAINST}}}
.lk-not-mentioned b {{background:#fff;color:{QUIET}}}
.lk-not-known b {{background:#fff;color:{QUIET};border-style:dashed}}
.lk-hidden {{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
.lk-cellwords {{font-size:.84rem;color:{QUIET};display:block}}
.lk-kind {{font-weight:700;letter-spacing:.03em;font-size:.8rem;white-space:nowrap}}
.lk-box {{border:1px solid {LINE};border-left:6px solid {NEUTRAL};border-radius:4px;padding:.6rem .9rem;color:{INK}}}
.lk-box.for {{border-left-color:{FOR}}} .lk-box.against {{border-left-color:{AGAINST}}}
.lk-box h3 {{font-size:1.02rem;margin:0 0 .35rem;padding:0}} .lk-box ul {{margin:0;padding-left:1.1rem}}
.lk-facts {{display:flex;flex-wrap:wrap;gap:.5rem 1.6rem;margin:.2rem 0 .6rem;color:{INK}}}
.lk-facts div span {{display:block;font-size:.82rem;color:{QUIET}}} .lk-facts div strong {{font-size:1.08rem}}
.lk-text {{white-space:pre-wrap;border:1px solid {LINE};border-radius:4px;padding:.8rem 1rem;max-width:75ch;
  color:{INK}}}
.lk-text mark {{background:#d6e6f5;color:{INK};border-bottom:2px solid {FOR}}}
.lk-text sup {{color:{FOR};font-weight:700;padding-left:.1rem}}
.lk-read {{max-height:78vh;overflow:auto}}
[data-testid="stColumn"]:has(.lk-read) {{position:sticky;top:3.6rem;align-self:flex-start}}
.lk-read:focus {{outline:3px solid #1c5d99}}
[data-testid="stHtml"] ol.lk-steps {{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;margin:0;padding:0;
  list-style:none;color:{QUIET}}}
.lk-steps li {{margin:0}}
.lk-steps [aria-current] {{color:{INK};font-weight:700;border-bottom:3px solid {FOR}}}
.lk-from {{color:{QUIET};font-size:.88rem;padding-top:.45rem;display:block;overflow-wrap:anywhere}}
.lk-key {{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;font-size:.88rem;margin-bottom:.4rem}}
button {{min-height:24px;min-width:24px}}
/* whoever hides the screen waits for nobody: the browser blanks it before the server knows */
html.lk-blank body {{visibility:hidden;background:#fff}}
html.lk-blank .st-key-hidden_screen,html.lk-blank .st-key-hidden_screen * {{visibility:visible}}
[data-testid="stCaptionContainer"],[data-testid="stCaptionContainer"] * {{color:{QUIET}!important;opacity:1}}
/* a chart's own menu would show and save its data, past what may be exported */
[data-testid="stElementToolbar"] {{display:none!important}}
[data-testid="stVegaLiteChart"] {{max-width:100%}} [data-testid="stVegaLiteChart"] svg {{max-width:100%;height:auto}}
button kbd {{color:inherit!important}}
.lk-status:empty {{display:none}}
@media print {{ [data-testid="stSidebar"],header {{display:none}} }}
button[aria-pressed="true"],button[aria-pressed="true"] * {{color:#8f1f2d!important}}
</style>"""

HIGH_CONTRAST = """<style>
[data-testid="stApp"],[data-testid="stApp"] :where(p,li,label,span,div,th,td,h1,h2,h3,input,button) {color:#000}
[data-testid="stApp"],[data-testid="stSidebar"] {background:#fff}
[data-testid="stSidebar"] {border-right:2px solid #000}
.lk-note,.lk-cellwords,.lk-from,.lk-facts div span,table.lk td::before {color:#000!important}
[data-testid="stCaptionContainer"],[data-testid="stCaptionContainer"] * {color:#000!important}
table.lk th,table.lk td {border-bottom:2px solid #000}
table.lk thead th {background:#fff;border-bottom:3px solid #000}
.lk-banner,.lk-box,.lk-text {border:3px solid #000!important;background:#fff;color:#000}
a.lk-link {color:#00287a;text-decoration-thickness:2px;font-weight:600}
[data-testid="stApp"] button,[data-testid="stApp"] input {border:2px solid #000}
</style>"""
"""What the style sheet adds where a person asked for high contrast: at least 10 to 1 for every text."""
