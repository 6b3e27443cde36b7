package wavenet4j.audio.analysis;

import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

import java.util.Arrays;

/// A normal distribution in several dimensions.
record Gaussian(RealVector mean, RealMatrix covariance) {

    /// The one with the mean and the covariance of the rows, of which there are two or more.
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

    /// The square of the Frechet distance (the 2-Wasserstein distance) between two normal
    /// distributions, after Dowson and Landau (1982): `|m1 - m2|^2 + tr(C1 + C2 - 2 (C1^(1/2) C2
    /// C1^(1/2))^(1/2))`.
    double frechet(Gaussian other) {
        RealMatrix root = root(covariance);
        RealMatrix product = root.multiply(other.covariance).multiply(root);
        double overlap = 0;
        for (double value : symmetric(product).getEigenvalues()) {
            overlap += Math.sqrt(Math.max(0, value)); // below 0 by rounding alone
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

    /// Of a matrix that is symmetric but for rounding, which the decomposition would refuse.
    private static EigenDecompositionSymmetric symmetric(RealMatrix matrix) {
        return new EigenDecompositionSymmetric(matrix.add(matrix.transpose()).scalarMultiply(0.5));
    }
}
