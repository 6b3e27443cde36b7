package wavenet4j.notebooks;

import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

import wavenet4j.audio.picture.ColorMap;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// XChart's charts in the notebooks' one look; all that is theirs can be changed afterwards.
public final class Charts {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 340;
    private static final Color GRID = new Color(0xe6e6ee);
    private static final Color INK = new Color(0x222233);

    private static final Color[] COLOURS = {
        new Color(0x5a1a86), new Color(0xe0603a), new Color(0x1f7a8c), new Color(0xb08900)
    };

    /// Ten evenly spaced colors of the spectrograms' color map; XChart interpolates.
    private static final Color[] HEAT =
            IntStream.range(0, 10)
                    .mapToObj(i -> new Color(ColorMap.rgb(i / 9.0)))
                    .toArray(Color[]::new);

    private Charts() {}

    /// An empty chart of lines, for `addSeries`.
    public static XYChart lines(String title, String x, String y) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle(x)
                        .yAxisTitle(y)
                        .build();
        style(chart.getStyler());
        chart.getStyler().setSeriesMarkers(new Marker[] {SeriesMarkers.NONE});
        return chart;
    }

    /// An empty chart of bars, for `addSeries`.
    public static CategoryChart bars(String title, String y) {
        CategoryChart chart =
                new CategoryChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .yAxisTitle(y)
                        .build();
        style(chart.getStyler());
        chart.getStyler().setYAxisDecimalPattern("#,##0");
        return chart;
    }

    /// Values as colours, the least black.
    ///
    /// @param xs what the columns stand for
    /// @param ys what the rows stand for, from below
    /// @param values by column, then by row
    public static HeatMapChart heatMap(
            String title, String x, String y, List<?> xs, List<?> ys, double[][] values) {
        HeatMapChart chart =
                new HeatMapChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle(x)
                        .yAxisTitle(y)
                        .build();
        style(chart.getStyler());
        chart.getStyler().setRangeColors(HEAT).setDrawBorder(true); // else seams between the cells
        chart.getStyler().setPlotGridLinesVisible(false).setPlotContentSize(1);
        var cells = new ArrayList<Number[]>();
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values[i].length; j++) cells.add(new Number[] {i, j, values[i][j]});
        }
        var series = chart.addSeries(title, xs, ys, cells);
        series.setMin(Math.floor(100 * series.getMin()) / 100); // as the key is to say it
        series.setMax(Math.ceil(100 * series.getMax()) / 100);
        return chart;
    }

    private static void style(AxesChartStyler styler) {
        styler.setPlotGridLinesColor(GRID).setAxisTicksLineVisible(false);
        styler.setXAxisTickMarkSpacingHint(100); // else long numbers touch
        styler.setAxisTitleFont(font(Font.PLAIN, 13)).setAxisTickLabelsFont(font(Font.PLAIN, 12));
        styler.setChartTitleFont(font(Font.BOLD, 15)).setLegendFont(font(Font.PLAIN, 12));
        styler.setChartBackgroundColor(Color.WHITE).setChartFontColor(INK);
        styler.setPlotBorderVisible(false).setLegendBorderColor(Color.WHITE);
        styler.setSeriesColors(COLOURS).setLegendPosition(LegendPosition.OutsideE);
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
