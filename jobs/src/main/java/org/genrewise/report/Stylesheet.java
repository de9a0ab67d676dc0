package org.genrewise.report;

/** How a report looks: one column of text, charts side by side where there is room. */
final class Stylesheet {

  /** Colours are Okabe and Ito's, which the colour-blind can tell apart, darkened or lightened. */
  static final String CSS =
      """
      :root { --page: #fbfbfa; --card: #ffffff; --ink: #1f2328; --soft: #5c6470; --rule: #e3e4e6;
        --hit: #0b5c8f; --miss: #b4500f; --on: #ffffff;
        --s0: #0072b2; --s1: #d55e00; --s2: #00805c; --s3: #a6518a; --s4: #8a6d00; --s5: #3f4a5a; }
      @media (prefers-color-scheme: dark) {
        :root { --page: #15171a; --card: #1c1f23; --ink: #e4e6e9; --soft: #9aa3ad; --rule: #31363c;
          --hit: #6cb8e6; --miss: #ee9a5c; --on: #101214;
          --s0: #5fb4ea; --s1: #f08c4a; --s2: #3fc79a; --s3: #dc93c3; --s4: #dcc04e; --s5: #b7c0cc; }
      }
      * { box-sizing: border-box; }
      html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
      body { margin: 0; padding: 0 1.1rem 4rem; background: var(--page); color: var(--ink);
        font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
      header, main { max-width: 68rem; margin: 0 auto; }
      header { padding: 2.6rem 0 0.4rem; }
      h1 { margin: 0; font-size: 1.9rem; font-weight: 650; line-height: 1.2; letter-spacing: -0.015em; }
      header p { margin: 0.4rem 0 0; color: var(--soft); }
      main section h2 { margin: 2.4rem 0 0.9rem; padding-bottom: 0.35rem; font-size: 1.15rem; font-weight: 620;
        border-bottom: 1px solid var(--rule); }
      p { margin: 0; max-width: 44rem; }
      h1, h2, p, figcaption, caption, .label { overflow-wrap: anywhere; }
      th, td { overflow-wrap: break-word; }
      .blocks { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); align-items: start; gap: 1.1rem; }
      .blocks > * { min-width: 0; }
      .wide { grid-column: 1 / -1; }
      figure { margin: 0; }
      .chart, .bars, .confusion { padding: 1rem 1.1rem; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; }
      figcaption { font-weight: 600; }
      svg text { fill: var(--soft); font: 12px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif;
        font-variant-numeric: tabular-nums; }
      .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9.5rem), 1fr)); gap: 1.1rem; margin: 0; }
      .figures div { padding: 0.8rem 1rem; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; }
      .figures dt, .figures .note { color: var(--soft); font-size: 0.82rem; }
      .figures dd { margin: 0; }
      .figures .value { font-size: 1.55rem; font-weight: 620; line-height: 1.35; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
      .legend { display: flex; flex-wrap: wrap; gap: 0.1rem 1.1rem; margin: 0.35rem 0 0.5rem; padding: 0; list-style: none; font-size: 0.85rem; color: var(--soft); }
      .legend li { display: flex; align-items: center; gap: 0.4rem; }
      .legend svg { width: 28px; height: 10px; }
      .plot { display: block; width: 100%; height: auto; }
      .plot .grid, .plot .axis { fill: none; stroke: var(--rule); }
      .plot .axis { stroke: var(--soft); }
      .plot .name { fill: var(--ink); }
      .line { fill: none; stroke: var(--colour); stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; }
      .marker { fill: var(--colour); stroke: var(--card); stroke-width: 1; }
      .marker.hollow { fill: var(--card); stroke: var(--colour); stroke-width: 1.5; }
      .s0 { --colour: var(--s0); } .s1 { --colour: var(--s1); } .s2 { --colour: var(--s2); }
      .s3 { --colour: var(--s3); } .s4 { --colour: var(--s4); } .s5 { --colour: var(--s5); }
      .line.s1, .line.s4 { stroke-dasharray: 7 4; } .line.s2, .line.s5 { stroke-dasharray: 2 4; }
      .reliability .note { font-size: 0.85rem; color: var(--soft); }
      .accuracy { fill: var(--s0); }
      .gap { fill: var(--s1); fill-opacity: 0.22; stroke: var(--s1); }
      .gap.modest { fill: var(--card); fill-opacity: 0.6; }
      .count { fill: var(--soft); }
      .diagonal { fill: none; stroke: var(--ink); stroke-width: 1.2; stroke-dasharray: 4 4; }
      details { margin-top: 0.5rem; font-size: 0.85rem; color: var(--soft); }
      summary { cursor: pointer; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
      caption { padding-bottom: 0.5rem; text-align: left; font-weight: 600; color: var(--ink); }
      th, td { padding: 0.32rem 0.7rem; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--rule); }
      thead th { color: var(--soft); font-weight: 550; white-space: nowrap; }
      tbody th { font-weight: 450; min-width: 8rem; }
      tbody tr:last-child > * { border-bottom: 0; }
      .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      th.number { min-width: 0; }
      .bars ol { margin: 0.6rem 0 0; padding: 0; list-style: none; }
      .bars li { display: grid; grid-template-columns: minmax(0, 12.5rem) minmax(3rem, 1fr) 4rem; align-items: center; gap: 0.7rem; padding: 0.16rem 0; font-size: 0.9rem; }
      .bars svg { display: block; width: 100%; height: 0.55rem; border-radius: 3px; }
      .track { fill: var(--rule); } .fill { fill: var(--s0); }
      .confusion .key { margin: 0.2rem 0 0.6rem; font-size: 0.85rem; color: var(--soft); }
      .key span { display: inline-block; width: 0.75rem; height: 0.75rem; margin: 0 0.35rem 0 0.1rem; border-radius: 2px; vertical-align: -0.06rem; }
      .key .hit { background: var(--hit); } .key .miss { margin-left: 0.7rem; background: var(--miss); }
      .confusion svg { display: block; height: auto; max-width: none; margin: 0 auto; }
      .confusion .frame { fill: none; stroke: var(--rule); }
      .confusion rect.hit { fill: var(--hit); } .confusion rect.miss { fill: var(--miss); }
      .confusion g text { fill: var(--ink); } .confusion g text.on { fill: var(--on); }
      .images { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 12rem), 1fr)); gap: 1.1rem; }
      .images img { display: block; width: 100%; aspect-ratio: 4 / 3; image-rendering: pixelated; border-radius: 6px; }
      .images figcaption { margin-top: 0.35rem; font-size: 0.85rem; font-weight: 450; color: var(--soft); }
      @media (max-width: 34rem) {
        .bars li { grid-template-columns: 1fr auto; gap: 0 0.7rem; }
        .bars svg { grid-row: 2; grid-column: 1 / -1; margin-bottom: 0.3rem; }
        .images { grid-template-columns: 1fr 1fr; }
      }
      @media print { .chart, .bars, .confusion, .images figure { break-inside: avoid; } }
      """;

  private Stylesheet() {}
}
