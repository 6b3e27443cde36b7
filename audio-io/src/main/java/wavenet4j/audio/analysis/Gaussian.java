package wavenet4j.audio.analysis;

import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

import java.util.Arrays;

/// A multivariate normal distribution.
record Gaussian(RealVector mean, RealMatrix covariance) {

    /// Fits mean and covariance to two or more rows.
    static Gaussian of(double[][] rows) {
        RealMatrix x = MatrixUtils.createRealMatrix(rows);
        double[] ones = new double[rows.length];
        Arrays.fill(ones, 1.0 / rows.length);
        RealVector mean = MatrixUtils.createRealVector(x.preMultiply(ones));
        for (int row = 0; row < rows.length; row++) {
            x.setRowVector(row, x.getRowVector(row).subtract(mean));
        }
        return new Gaussian(mean, x.transposeMultiply(x).scalarMultiply(1.0 / (rows.length - 1)));
    }

    /// The squared Frechet distance (2-Wasserstein distance) to another normal distribution, after
    /// Dowson and Landau (1982): `|m1 - m2|^2 + tr(C1 + C2 - 2 (C1^(1/2) C2 C1^(1/2))^(1/2))`.
    double squaredFrechetDistance(Gaussian other) {
        RealMatrix root = root(covariance);
        RealMatrix product = root.multiply(other.covariance).multiply(root);
        double overlap = 0;
        for (double value : symmetric(product).getEigenvalues()) {
            overlap += Math.sqrt(Math.max(0, value)); // negative only by rounding
        }
        double apart = mean.getDistance(other.mean);
        double spread = covariance.getTrace() + other.covariance.getTrace() - 2 * overlap;
        return apart * apart + Math.max(0, spread);
    }

    private static RealMatrix root(RealMatrix matrix) {
        var eigen = symmetric(matrix);
        double[] roots =
                Arrays.stream(eigen.getEigenvalues())
                        .map(value -> Math.sqrt(Math.max(0, value)))
                        .toArray();
        return eigen.getV()
                .multiply(MatrixUtils.createRealDiagonalMatrix(roots))
                .multiply(eigen.getVT());
    }

    /// The decomposition of a matrix that is symmetric up to rounding, made exactly symmetric
    /// first.
    private static EigenDecompositionSymmetric symmetric(RealMatrix matrix) {
        return new EigenDecompositionSymmetric(matrix.add(matrix.transpose()).scalarMultiply(0.5));
    }
}
